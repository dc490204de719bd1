from django.apps import AppConfig


class NotifyConfig(AppConfig):
    name = "preau.notify"
    label = "notify"
    verbose_name = "Prévenir et savoir qui l’a été"
    service = "services_vie_scolaire"
