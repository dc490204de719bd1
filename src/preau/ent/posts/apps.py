from django.apps import AppConfig


class PostsConfig(AppConfig):
    name = "preau.ent.posts"
    label = "posts"
    verbose_name = "La vie de la classe et de l’école"
    service = "production_collaborative"
