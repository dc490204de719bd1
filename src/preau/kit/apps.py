from django.apps import AppConfig
from django.urls import register_converter


class KitConfig(AppConfig):
    name = "preau.kit"
    label = "kit"

    def ready(self):
        from preau.kit.views import TableExtension

        register_converter(TableExtension, "table")
