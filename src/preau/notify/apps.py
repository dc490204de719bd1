from django.apps import AppConfig


class NotifyConfig(AppConfig):
    name = "preau.notify"
    label = "notify"
    verbose_name = "Nouvelles par courriel"
