from django.apps import AppConfig


class AnnouncementsConfig(AppConfig):
    name = "preau.ent.announcements"
    label = "announcements"
    verbose_name = "Les annonces"
    service = "services_vie_scolaire"
