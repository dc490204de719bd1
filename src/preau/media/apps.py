from django.apps import AppConfig


class MediaConfig(AppConfig):
    name = "preau.media"
    label = "media"
    verbose_name = "Images"
    service = "production_collaborative"
