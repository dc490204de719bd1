"""Where children are before and after class: a périscolaire site, the city's own."""

from django.db import models

from preau.kit.names import SortKeyField
from preau.places.models.where import FACTS, City, Named, School


class AfterSchool(Named):
    """A périscolaire site of a city: canteen, morning and evening care. It may receive children of several schools."""

    city = models.ForeignKey(City, models.PROTECT, related_name="afterschools", verbose_name="ville")
    # The school it stands in: children of that school come here when the city's file names no site.
    school = models.ForeignKey(
        School, models.PROTECT, null=True, blank=True, related_name="afterschools", verbose_name="se tient dans l’école"
    )
    name = models.CharField("nom", max_length=120)
    sort_key = SortKeyField(source=("name",))

    privacy = FACTS

    class Meta:
        verbose_name = "site périscolaire"
        constraints = [
            models.UniqueConstraint(fields=["city", "sort_key"], name="afterschool_name_unique_in_city"),
        ]
