from django.apps import AppConfig


class SchoolsConfig(AppConfig):
    name = "preau.schools"
    label = "schools"
    verbose_name = "Écoles, classes et familles"
    service = "services_vie_scolaire"
