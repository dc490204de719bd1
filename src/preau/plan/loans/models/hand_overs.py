"""A kit counted each time it changes hands."""

from django.db import models

from preau.kit.privacy import Erase, Privacy
from preau.kit.rows import Row
from preau.people.models import Person
from preau.plan.loans.models.bookings import Booking
from preau.plan.loans.models.kits import KitPart


class HandOver(Row):
    """A kit counted as it leaves, arrives, comes back: what was there, and a photo if one was taken."""

    class Moment(models.TextChoices):
        PREPARED = "prepared", "préparation"
        ARRIVED = "arrived", "arrivée à l’école"
        RETURNED = "returned", "départ de l’école"
        CHECKED = "checked", "contrôle au retour"

    booking = models.ForeignKey(Booking, models.CASCADE, related_name="hand_overs", verbose_name="réservation")
    moment = models.CharField("moment", max_length=8, choices=Moment.choices)
    at = models.DateTimeField("fait le")
    by = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="hand_overs", verbose_name="fait par"
    )
    note = models.CharField("remarque", max_length=300, blank=True)
    photo_name = models.CharField("photo", max_length=40, blank=True)

    privacy = Privacy(
        holds="qui a compté la malle et quand, une photo de la malle",
        why="savoir ce qui manque et depuis quand",
        keeps="5 ans, comme le prêt",
        subjects=("by",),
        erase=Erase.DETACH,
        files=("photo_path",),
        folders=("loans",),
    )

    class Meta:
        verbose_name = "état des lieux d’une malle"
        constraints = [models.UniqueConstraint(fields=["booking", "moment"], name="hand_over_once_per_moment")]

    @property
    def photo_path(self) -> str:
        """Where its photo lies in the storage; empty without photo."""
        return f"loans/{self.photo_name[:2]}/{self.photo_name}.webp" if self.photo_name else ""


class PartCount(Row):
    """How many of a part were there."""

    hand_over = models.ForeignKey(HandOver, models.CASCADE, related_name="counts", verbose_name="état des lieux")
    part = models.ForeignKey(KitPart, models.PROTECT, related_name="counts", verbose_name="pièce")
    expected_count = models.PositiveSmallIntegerField("attendues")
    found_count = models.PositiveSmallIntegerField("trouvées")

    privacy = Privacy.none("savoir ce qui manque dans une malle")

    class Meta:
        verbose_name = "pièces comptées"
        constraints = [models.UniqueConstraint(fields=["hand_over", "part"], name="part_counted_once")]

    @property
    def missing_count(self) -> int:
        """Never negative: one part too many hides no other."""
        return max(0, self.expected_count - self.found_count)
