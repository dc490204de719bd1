from django.apps import AppConfig


class ArrivalsConfig(AppConfig):
    name = "preau.arrivals"
    label = "arrivals"
    verbose_name = "Arrivées et fiches"
    service = "services_vie_scolaire"
