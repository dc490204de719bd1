"""The stop switch, accounts taken by somebody else, recalls."""

from django.urls import path

from preau.spaces.views import incidents, stops

app_name = "spaces"
urlpatterns = [
    path("arrets/", stops.stop_list, name="stop_list"),
    path("arrets/depuis/", stops.stops_since, name="stops_since"),
    path("arrets/ecole/<uuid:school_id>/", stops.school_stop, name="school_stop"),
    path("arrets/ville/<uuid:city_id>/", stops.city_stop, name="city_stop"),
    path("arrets/<uuid:stop_id>/fin/", stops.stop_end, name="stop_end"),
    path("comptes/", incidents.account_list, name="account_list"),
    path("comptes/suspension/", incidents.silence_many, name="silence_many"),
    path("comptes/<uuid:holder_id>/", incidents.account_detail, name="account_detail"),
    path("comptes/<uuid:holder_id>/suspension/", incidents.suspension_create, name="suspension_create"),
    path("comptes/<uuid:holder_id>/suspension/fin/", incidents.suspension_end, name="suspension_end"),
    path("comptes/<uuid:holder_id>/rappel/", incidents.recall_all, name="recall_all"),
    path("rappels/<uuid:publication_id>/", incidents.recall_create, name="recall_create"),
]
