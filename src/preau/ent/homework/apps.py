from django.apps import AppConfig


class HomeworkConfig(AppConfig):
    name = "preau.ent.homework"
    label = "homework"
    verbose_name = "Les leçons et devoirs"
    service = "services_vie_scolaire"
