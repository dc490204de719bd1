"""The stop switch."""

from django.urls import path

from preau.spaces import views

app_name = "spaces"
urlpatterns = [
    path("arrets/", views.stop_list, name="stop_list"),
    path("arrets/depuis/", views.stops_since, name="stops_since"),
    path("arrets/ecole/<uuid:school_id>/", views.school_stop, name="school_stop"),
    path("arrets/ville/<uuid:city_id>/", views.city_stop, name="city_stop"),
    path("arrets/<uuid:stop_id>/fin/", views.stop_end, name="stop_end"),
]
