from django.apps import AppConfig


class WifiConfig(AppConfig):
    name = "preau.plan.wifi"
    label = "wifi"
    verbose_name = "Plan numérique"
