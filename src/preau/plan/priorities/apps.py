from django.apps import AppConfig


class PrioritiesConfig(AppConfig):
    name = "preau.plan.priorities"
    label = "priorities"
