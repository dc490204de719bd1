from django.apps import AppConfig


class SheetsConfig(AppConfig):
    name = "preau.plan.sheets"
    label = "sheets"
    verbose_name = "Plan numérique"
