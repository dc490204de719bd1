"""The addresses of the room."""

from django.urls import path

from preau.privacy import views

urlpatterns = [path("donnees-personnelles/", views.kept, name="privacy")]
