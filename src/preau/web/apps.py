from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "preau.web"
    label = "web"
    service = "accueil"
