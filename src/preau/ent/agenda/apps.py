from django.apps import AppConfig


class AgendaConfig(AppConfig):
    name = "preau.ent.agenda"
    label = "agenda"
    verbose_name = "L’agenda des écoles et des classes"
    service = "services_vie_scolaire"
