from django.apps import AppConfig


class GovernanceConfig(AppConfig):
    name = "preau.plan.governance"
    label = "governance"
    verbose_name = "Comités du plan"
