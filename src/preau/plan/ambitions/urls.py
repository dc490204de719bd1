"""The addresses of the room."""

from django.urls import path

from preau.plan.ambitions import views

app_name = "ambitions"
urlpatterns = [
    path("plan/ambitions/", views.ambition_list, name="ambition_list"),
    path("plan/ambitions.<table:extension>", views.ambition_export, name="ambition_export"),
    path("plan/ambitions/ajout/", views.ambition_create, name="ambition_create"),
    path("plan/ambitions/<uuid:ambition_id>/retrait/", views.ambition_retiring, name="ambition_retiring"),
    path("plan/ambitions/<uuid:ambition_id>/retour/", views.ambition_restoral, name="ambition_restoral"),
]
