from django.apps import AppConfig
from django.urls import register_converter


class KitConfig(AppConfig):
    name = "preau.kit"
    label = "kit"
    verbose_name = "Imports et travaux"

    def ready(self):
        from preau.kit.views import TableExtension

        register_converter(TableExtension, "table")
