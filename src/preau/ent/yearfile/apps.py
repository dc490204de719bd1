from django.apps import AppConfig


class YearFileConfig(AppConfig):
    name = "preau.ent.yearfile"
    label = "yearfile"
    verbose_name = "Dossier de rentrée"
    service = "services_vie_scolaire"
