from django.apps import AppConfig


class AmbitionsConfig(AppConfig):
    name = "preau.plan.ambitions"
    label = "ambitions"
