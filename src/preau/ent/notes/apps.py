from django.apps import AppConfig


class NotesConfig(AppConfig):
    name = "preau.ent.notes"
    label = "notes"
    verbose_name = "Le cahier de liaison"
    service = "services_vie_scolaire"
