"""The addresses of the room."""

from django.urls import path

from preau.plan.finance import views

app_name = "finance"
urlpatterns = [
    path("plan/depenses/", views.expense_list, name="expense_list"),
    path("plan/depenses.<table:extension>", views.expense_export, name="expense_export"),
    path("plan/depenses/ajout/", views.expense_create, name="expense_create"),
    path("plan/depenses/<uuid:expense_id>/correction/", views.expense_correction, name="expense_correction"),
    path("plan/depenses/<uuid:expense_id>/retrait/", views.expense_withdrawal, name="expense_withdrawal"),
]
