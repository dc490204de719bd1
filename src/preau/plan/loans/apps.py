from django.apps import AppConfig


class LoansConfig(AppConfig):
    name = "preau.plan.loans"
    label = "loans"
