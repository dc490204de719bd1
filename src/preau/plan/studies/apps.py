from django.apps import AppConfig


class StudiesConfig(AppConfig):
    name = "preau.plan.studies"
    label = "studies"
    verbose_name = "Comités du plan"
