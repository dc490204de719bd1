from django.apps import AppConfig


class UsageConfig(AppConfig):
    name = "preau.insight.usage"
    label = "usage"
