"""Appointments of parents with the teacher: a round of slots, each taken once."""

import datetime

from django.db import models
from django.db.models import F, Q
from django.utils.timezone import localdate

from preau.ent.agenda.models.events import Event
from preau.kit.privacy import Privacy
from preau.kit.rows import Row
from preau.people.models import Person


class Round(Row):
    """Slots opened to the families of a class. Its event says the title, the days, the place and whom it reaches."""

    event = models.OneToOneField(Event, models.CASCADE, related_name="round", verbose_name="événement")

    privacy = Privacy.none("ouvrir des créneaux de rendez-vous aux familles d’une classe")

    class Meta:
        verbose_name = "série de rendez-vous"


class Slot(Row):
    """From an instant to another; free as long as it has no appointment."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="slots", verbose_name="série")
    starts_at = models.DateTimeField("à partir de")
    ends_at = models.DateTimeField("jusqu’à")

    privacy = Privacy.none("proposer une heure de rendez-vous")

    class Meta:
        verbose_name = "créneau de rendez-vous"
        constraints = [
            models.UniqueConstraint(fields=["round", "starts_at"], name="slot_once_per_round"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="slot_ends_after_it_starts"),
        ]

    @property
    def day(self) -> datetime.date:
        """In the time of the school."""
        return localdate(self.starts_at)


class Appointment(Row):
    """One guardian's, for one child: two separated parents each have theirs and never see the other's."""

    slot = models.OneToOneField(Slot, models.CASCADE, related_name="appointment", verbose_name="créneau")
    round = models.ForeignKey(Round, models.CASCADE, related_name="appointments", verbose_name="série")
    child = models.ForeignKey(Person, models.CASCADE, related_name="+", verbose_name="enfant")
    guardian = models.ForeignKey(Person, models.CASCADE, related_name="appointments", verbose_name="responsable")
    wish = models.CharField("comment", max_length=80, blank=True)
    taken_at = models.DateTimeField("pris le")

    privacy = Privacy(
        holds="jour et heure d’un rendez-vous avec l’école, pour quel enfant, comment",
        why="donner à chaque responsable son heure, et la dire à qui enseigne",
        keeps="l’année scolaire et la suivante",
        subjects=("guardian", "child"),
        of_another=("child",),  # a child’s archive may be read by one parent: never when the other comes
    )

    class Meta:
        verbose_name = "rendez-vous"
        constraints = [
            models.UniqueConstraint(
                fields=["round", "child", "guardian"], name="appointment_once_per_guardian_and_child"
            )
        ]
