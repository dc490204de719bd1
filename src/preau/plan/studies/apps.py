from django.apps import AppConfig


class StudiesConfig(AppConfig):
    name = "preau.plan.studies"
    label = "studies"
