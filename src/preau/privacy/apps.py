from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    name = "preau.privacy"
    label = "privacy"
    verbose_name = "données personnelles"
    service = "services_vie_scolaire"
