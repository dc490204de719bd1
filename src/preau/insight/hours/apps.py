from django.apps import AppConfig


class HoursConfig(AppConfig):
    name = "preau.insight.hours"
    label = "hours"
    service = "service_collectivite"
