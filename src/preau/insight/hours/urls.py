"""The addresses of the room."""

from django.urls import path

from preau.insight.hours import views

app_name = "hours"
urlpatterns = [
    path("pilotage/heures/", views.hours_home, name="hours_home"),
    path("pilotage/heures.<table:extension>", views.hours_export, name="hours_export"),
]
