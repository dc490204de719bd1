"""Django application of the room."""

from django.apps import AppConfig


class LessonsConfig(AppConfig):
    name = "preau.ent.lessons"
    label = "lessons"
    verbose_name = "Séances sur tablettes"
    service = "services_vie_scolaire"
