"""Messages and reports."""

from django.urls import path

from preau.ent.mail.views import conversations, reports, writing

app_name = "mail"
urlpatterns = [
    path("messages/", conversations.inbox, name="inbox"),
    path("messages/regles/", writing.who, name="who"),
    path("messages/ecrire/", writing.choose, name="choose"),
    path("messages/ecrire/<uuid:school_id>/<uuid:correspondent_id>/", writing.write, name="write"),
    path("messages/<uuid:conversation_id>/", conversations.conversation_detail, name="conversation"),
    path("messages/<uuid:conversation_id>/vu/", conversations.seen_create, name="seen_create"),
    path("messages/<uuid:conversation_id>/rangement/", conversations.keeping, name="keeping"),
    path("messages/<uuid:conversation_id>/sourdine/", conversations.muting, name="muting"),
    path("messages/dit/<uuid:message_id>/reprise/", conversations.recall_create, name="recall_create"),
    path("messages/dit/<uuid:message_id>/signalement/", reports.report_create, name="report_create"),
    path("messages/fichier/<uuid:message_file_id>/", conversations.message_file, name="message_file"),
    path("messages/signalements/", reports.report_list, name="reports"),
    path("messages/signalements/<uuid:report_id>/", reports.report_detail, name="report"),
    path("messages/signalements/<uuid:report_id>/prise-en-charge/", reports.taking_create, name="taking_create"),
]
