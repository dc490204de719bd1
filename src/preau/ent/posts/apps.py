from django.apps import AppConfig


class PostsConfig(AppConfig):
    name = "preau.ent.posts"
    label = "posts"
