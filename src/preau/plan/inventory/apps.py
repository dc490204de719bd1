from django.apps import AppConfig


class InventoryConfig(AppConfig):
    name = "preau.plan.inventory"
    label = "inventory"
    verbose_name = "Plan numérique"
