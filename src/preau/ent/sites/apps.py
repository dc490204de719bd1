from django.apps import AppConfig


class SitesConfig(AppConfig):
    name = "preau.ent.sites"
    label = "sites"
    verbose_name = "Sites des écoles"
    service = "actualites"
