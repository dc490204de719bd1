"""Django application of the room."""

from django.apps import AppConfig


class AfterSchoolConfig(AppConfig):
    name = "preau.ent.afterschool"
    label = "afterschool"
    verbose_name = "Périscolaire"
    service = "services_vie_scolaire"
