from django.apps import AppConfig


class ApplicationsConfig(AppConfig):
    name = "preau.plan.applications"
    label = "applications"
    verbose_name = "Candidatures et avis"
