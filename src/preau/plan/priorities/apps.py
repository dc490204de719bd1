from django.apps import AppConfig


class PrioritiesConfig(AppConfig):
    name = "preau.plan.priorities"
    label = "priorities"
    verbose_name = "Plan numérique"
