from django.apps import AppConfig


class LoansConfig(AppConfig):
    name = "preau.plan.loans"
    label = "loans"
    verbose_name = "Plan numérique"
