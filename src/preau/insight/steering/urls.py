"""The addresses of the room."""

from django.urls import path, re_path

from preau.insight.steering import views

app_name = "steering"
urlpatterns = [
    path("pilotage/", views.steering_home, name="steering_home"),
    path("pilotage/journal/", views.sealed_journal, name="sealed_journal"),
    re_path(r"^pilotage/ecoles\.(?P<extension>csv|ods)$", views.steering_export, name="steering_export"),
]
