"""The addresses of the room."""

from django.urls import path

from preau.insight.usage import views

app_name = "usage"
urlpatterns = [
    path("usages/", views.week_use, name="week"),
    path("usages/semaine.csv", views.week_use_csv, name="csv"),
    path("usages/detail.csv", views.week_cells_csv, name="cells"),
]
