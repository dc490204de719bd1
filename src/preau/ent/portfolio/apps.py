from django.apps import AppConfig


class PortfolioConfig(AppConfig):
    name = "preau.ent.portfolio"
    label = "portfolio"
    verbose_name = "Cahier de progrès"
    service = "services_vie_scolaire"
