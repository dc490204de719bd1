"""An event of a city, a school, a class or a group: a title, days, hours, a place, a line of text."""

import datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_noop as _

from preau.kit.privacy import Erase, Privacy
from preau.kit.rows import Row
from preau.spaces import audiences
from preau.spaces.audiences import Readers
from preau.spaces.models import Publication

EVENT = "event"


class EventScope(models.TextChoices):
    """Who it is for, among the people of the place. The adults who answer for it always read."""

    ALL = "all", _("les familles, les élèves et les adultes")
    FAMILIES = "families", _("les familles et les adultes, sans les élèves")
    STAFF = "staff", "les adultes de l’école"
    PUBLIC = "public", _("tout le monde, et sur le site de l’école")

    def audiences_in(self, place) -> list[str]:
        """The audiences reached from a place."""
        if self == EventScope.STAFF:
            return audiences.keys(place, (Readers.ADULTS,))
        if self == EventScope.FAMILIES:
            return audiences.keys(place, (Readers.FAMILIES, Readers.ADULTS))
        public = [audiences.public_key(place)] if self == EventScope.PUBLIC else []
        return [*audiences.keys(place, tuple(Readers)), *public]


class Event(Row):
    """Hung on a publication: who reads it is the stream's affair. Cancelled, it stays and says so."""

    publication = models.OneToOneField(Publication, models.CASCADE, related_name="event", verbose_name="publication")
    # The id of the publication's place, whatever its kind: one index finds what is coming in several places.
    space_id = models.UUIDField("lieu où c’est dit")
    scope = models.CharField("pour", max_length=8, choices=EventScope.choices)
    title = models.CharField("titre", max_length=80)
    first_on = models.DateField("premier jour")
    last_on = models.DateField("dernier jour")
    begins_at = models.TimeField("à partir de", null=True, blank=True)
    ends_at = models.TimeField("jusqu’à", null=True, blank=True)
    where = models.CharField("où", max_length=80, blank=True)
    text = models.CharField("à savoir", max_length=300, blank=True)
    version = models.PositiveIntegerField("version", default=1)
    edited_at = models.DateTimeField("changé le", null=True, blank=True)
    cancelled_at = models.DateTimeField("annulé le", null=True, blank=True)

    privacy = Privacy(
        holds="titre, jour et lieu d’un événement, qui l’a écrit",
        why="dire aux familles et aux adultes ce qui vient",
        keeps="l’année scolaire et la suivante",
        subjects=("publication__author",),
        erase=Erase.DETACH,  # the school keeps its agenda when its author leaves
    )

    class Meta:
        verbose_name = "événement de l’agenda"
        constraints = [
            models.CheckConstraint(condition=Q(last_on__gte=F("first_on")), name="event_ends_after_it_begins"),
            models.CheckConstraint(
                condition=Q(ends_at=None)
                | Q(begins_at__isnull=False) & (Q(last_on__gt=F("first_on")) | Q(ends_at__gt=F("begins_at"))),
                name="event_hours_in_order",
            ),
        ]
        indexes = [models.Index(fields=["space_id", "last_on"], name="event_to_come")]

    @property
    def is_one_day(self) -> bool:
        return self.first_on == self.last_on

    def is_over(self, today: datetime.date) -> bool:
        """Its last day has passed."""
        return self.last_on < today
