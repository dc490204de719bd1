from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "preau.ent.portal"
    label = "portal"
    service = "accueil"
