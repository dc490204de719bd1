from django.apps import AppConfig


class FinanceConfig(AppConfig):
    name = "preau.plan.finance"
    label = "finance"
