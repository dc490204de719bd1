from django.apps import AppConfig


class KitConfig(AppConfig):
    name = "preau.kit"
    label = "kit"
