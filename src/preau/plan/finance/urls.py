"""The addresses of the room."""

from django.urls import path

from preau.plan.finance.views import expenses, subscriptions

app_name = "finance"
urlpatterns = [
    path("plan/depenses/", expenses.expense_list, name="expense_list"),
    path("plan/depenses.<table:extension>", expenses.expense_export, name="expense_export"),
    path("plan/depenses/ajout/", expenses.expense_create, name="expense_create"),
    path("plan/depenses/<uuid:expense_id>/correction/", expenses.expense_correction, name="expense_correction"),
    path("plan/depenses/<uuid:expense_id>/retrait/", expenses.expense_withdrawal, name="expense_withdrawal"),
    path("plan/abonnements/", subscriptions.subscription_list, name="subscription_list"),
    path("plan/abonnements.<table:extension>", subscriptions.subscription_export, name="subscription_export"),
    path("plan/abonnements/ajout/", subscriptions.subscription_create, name="subscription_create"),
    path(
        "plan/abonnements/<uuid:subscription_id>/correction/",
        subscriptions.subscription_correction,
        name="subscription_correction",
    ),
    path(
        "plan/abonnements/<uuid:subscription_id>/retrait/",
        subscriptions.subscription_withdrawal,
        name="subscription_withdrawal",
    ),
]
