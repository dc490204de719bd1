"""Schools that a city brings together: a REP, a neighbourhood, a group that shares its teachers."""

from django.db import models

from preau.kit.names import SortKeyField
from preau.places.models.where import FACTS, City, Named


class Network(Named):
    """A network of schools of one city; a school is in one at most (`School.network`)."""

    city = models.ForeignKey(City, models.PROTECT, related_name="networks", verbose_name="ville")
    name = models.CharField("nom", max_length=120)
    sort_key = SortKeyField(source=("name",))

    privacy = FACTS

    class Meta:
        verbose_name = "réseau d’écoles"
        constraints = [models.UniqueConstraint(fields=["city", "sort_key"], name="network_name_unique_in_city")]
