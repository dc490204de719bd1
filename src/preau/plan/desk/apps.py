from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "preau.plan.desk"
    label = "desk"
    verbose_name = "Plan numérique"
