from django.apps import AppConfig


class UsageConfig(AppConfig):
    name = "preau.insight.usage"
    label = "usage"
    verbose_name = "Mesure de l’usage"
    service = "service_collectivite"
