"""What the plan is for: the axes of the city's educational project and the ambitions of its digital plan (D1, D2)."""

from django.db import models

from preau.kit.privacy import Privacy
from preau.kit.rows import Row
from preau.places.models import City


class Ambition(Row):
    """An aim that applications, decisions and indicators point to. It is retired, never erased: they keep it."""

    class Kind(models.TextChoices):
        PEG_AXIS = "peg_axis", "axe du projet éducatif"  # each city has its own name for that project
        PLAN = "plan", "ambition du plan numérique"

    city = models.ForeignKey(City, models.PROTECT, related_name="ambitions", verbose_name="ville")
    code = models.SlugField("code", max_length=40)
    label = models.CharField("ambition", max_length=160)
    kind = models.CharField("nature", max_length=8, choices=Kind.choices)
    source = models.CharField("source", max_length=300)
    position = models.PositiveSmallIntegerField("rang")
    retired_on = models.DateField("abandonnée le", null=True, blank=True)

    privacy = Privacy.none("dire à quoi sert le plan numérique")

    class Meta:
        verbose_name = "ambition"
        constraints = [
            models.UniqueConstraint(fields=["city", "code"], name="ambition_code_once_per_city"),
        ]

    def __str__(self):
        return self.label
