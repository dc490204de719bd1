from django.apps import AppConfig


class RolloutsConfig(AppConfig):
    name = "preau.plan.rollouts"
    label = "rollouts"
    verbose_name = "Plan numérique"
