from django.apps import AppConfig


class EquipmentConfig(AppConfig):
    name = "preau.plan.equipment"
    label = "equipment"
    verbose_name = "Plan numérique"
