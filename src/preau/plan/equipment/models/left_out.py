"""What a city's own table says of its schools and the plan does not."""

from django.db import models
from django.db.models import Q

from preau.kit.models import Batch
from preau.kit.rows import Row
from preau.places.models import City, School
from preau.plan.equipment.models.figures import NO_PERSON


class LeftOutQuerySet(models.QuerySet):
    def open(self):
        """Neither taken by a later table nor settled by a person."""
        return self.filter(settled_at=None)


class LeftOut(Row):
    """A line of an imported table that was not taken. Until it is settled, « nothing received » is not known of its
    school: unknown is not zero."""

    city = models.ForeignKey(City, models.PROTECT, related_name="left_out", verbose_name="ville")
    school = models.ForeignKey(  # none when nobody can tell which
        School, models.PROTECT, null=True, blank=True, related_name="left_out", verbose_name="école"
    )
    batch = models.ForeignKey(
        Batch, models.SET_NULL, null=True, blank=True, related_name="left_out", verbose_name="lot appliqué"
    )
    file_name = models.CharField("fichier", max_length=200)
    line = models.PositiveIntegerField("ligne", null=True, blank=True)  # none: a school not named, of before
    year = models.PositiveSmallIntegerField("année", null=True, blank=True)  # none: not said, or not read
    subject = models.CharField("école, telle que le tableau l’écrit", max_length=200)
    reason = models.CharField("raison", max_length=1000)
    settled_at = models.DateTimeField("réglée le", null=True, blank=True)
    settled_in = models.ForeignKey(  # the table that took it; none when a person settled it
        Batch, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="lot qui l’a prise"
    )

    objects = LeftOutQuerySet.as_manager()
    privacy = NO_PERSON

    class Meta:
        verbose_name = "ligne de tableau non reprise"
        indexes = [models.Index(fields=["school", "settled_at"])]
        constraints = [
            models.CheckConstraint(condition=~Q(subject="") & ~Q(reason=""), name="left_out_says_of_what_and_why"),
            models.CheckConstraint(
                condition=Q(settled_in=None) | Q(settled_at__isnull=False), name="left_out_taken_is_settled"
            ),
        ]
