from django.apps import AppConfig


class ThanksConfig(AppConfig):
    name = "preau.ent.thanks"
    label = "thanks"
    verbose_name = "Les mercis des familles"
    service = "services_vie_scolaire"
