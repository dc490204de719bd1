"""The way into each space, and its life."""

from django.urls import path

from preau.ent.portal.views import homes, life, networks, reports, search, thanks, weeks

app_name = "portal"
urlpatterns = [
    path("classe/<uuid:classroom_id>/", homes.classroom_home, name="classroom_home"),
    path("groupe/<uuid:group_id>/", homes.group_home, name="group_home"),
    path("ecole/<uuid:school_id>/", homes.school_home, name="school_home"),
    path("periscolaire/<uuid:afterschool_id>/", homes.afterschool_home, name="afterschool_home"),
    path("reseau/<uuid:network_id>/", homes.network_home, name="network_home"),
    path("ville/<uuid:city_id>/", homes.city_home, name="city_home"),
    path("classe/<uuid:classroom_id>/vie/", life.classroom_life, name="classroom_life"),
    path("classe/<uuid:classroom_id>/appris/", weeks.week_told, name="week_told"),
    path("groupe/<uuid:group_id>/vie/", life.group_life, name="group_life"),
    path("ecole/<uuid:school_id>/vie/", life.school_life, name="school_life"),
    path("periscolaire/<uuid:afterschool_id>/vie/", life.afterschool_life, name="afterschool_life"),
    path("reseau/<uuid:network_id>/vie/", life.network_life, name="network_life"),
    path("ville/<uuid:city_id>/vie/", life.city_life, name="city_life"),
    path("ma-ville/<uuid:city_id>/reseaux/", networks.city_networks, name="city_networks"),
    path("ma-ville/<uuid:city_id>/reseaux/nouveau/", networks.network_create, name="network_create"),
    path("reseau/<uuid:network_id>/ecoles/", networks.network_edit, name="network_edit"),
    path("signaler/commentaire/<uuid:shown_comment_id>/", reports.comment_report, name="comment_report"),
    path("signaler/texte/<uuid:shown_writing_id>/", reports.writing_report, name="writing_report"),
    path("signaler/lu/<uuid:thing_id>/", reports.reported_thing, name="reported_thing"),
    path("chercher/", search.search_page, name="search"),
    path("mercis/", thanks.thanks_received, name="thanks_received"),
]
