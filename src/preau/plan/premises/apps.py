from django.apps import AppConfig


class PremisesConfig(AppConfig):
    name = "preau.plan.premises"
    label = "premises"
    verbose_name = "Plan numérique"
