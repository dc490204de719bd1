from django.apps import AppConfig


class AttendanceConfig(AppConfig):
    name = "preau.ent.attendance"
    label = "attendance"
    verbose_name = "Les absences et l’appel"
    service = "services_vie_scolaire"
