from django.apps import AppConfig


class SpacesConfig(AppConfig):
    name = "preau.spaces"
    label = "spaces"
    verbose_name = "Publications"
    service = "services_vie_scolaire"
