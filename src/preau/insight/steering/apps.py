from django.apps import AppConfig


class SteeringConfig(AppConfig):
    name = "preau.insight.steering"
    label = "steering"
    service = "service_collectivite"
