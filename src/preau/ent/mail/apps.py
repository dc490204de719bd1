from django.apps import AppConfig


class MailConfig(AppConfig):
    name = "preau.ent.mail"
    label = "mail"
    verbose_name = "La messagerie"
    service = "services_vie_scolaire"
