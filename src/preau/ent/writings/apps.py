from django.apps import AppConfig


class WritingsConfig(AppConfig):
    name = "preau.ent.writings"
    label = "writings"
    verbose_name = "Les textes des élèves"
    service = "production_collaborative"
