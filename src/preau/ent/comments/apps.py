from django.apps import AppConfig


class CommentsConfig(AppConfig):
    name = "preau.ent.comments"
    label = "comments"
    verbose_name = "Les commentaires d’une publication"
    service = "services_vie_scolaire"
