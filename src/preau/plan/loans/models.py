"""Shared kits: booking and hand-over (mission D11; plan.md W7). A half-day is lent once: its row is unique."""

import datetime

from django.db import models
from django.db.models import F, Q

from preau.kit.dates import weekday_text
from preau.kit.names import SortKeyField
from preau.kit.privacy import Erase, Privacy
from preau.kit.rows import Row
from preau.people.models import Person
from preau.places.models import City, School

PART_LINES = 12  # a check-list one can tick standing up (users.md P9)


class Half(models.IntegerChoices):
    """A school day is lent by halves."""

    MORNING = 0, "matin"
    AFTERNOON = 1, "après-midi"


def half_day_number(day: datetime.date, half: int) -> int:
    """One integer per half-day, so that a span is a range: ordinal of the day × 2 + half."""
    return day.toordinal() * 2 + half


def half_day_of(number: int) -> tuple[datetime.date, Half]:
    """The way back of `half_day_number`."""
    return datetime.date.fromordinal(number // 2), Half(number % 2)


def half_day_text(number: int) -> str:
    """« mardi 15 septembre, matin »"""
    day, half = half_day_of(number)
    return f"{weekday_text(day)}, {half.label}"


class SharedKit(Row):
    """A case or a cart lent to every school, equipped or not (plan.md AC-19, AC-20)."""

    class Kind(models.TextChoices):
        CONNECTED_OBJECTS = "connected_objects", "malle d’objets connectés"
        ULIS = "ulis", "chariot pour les dispositifs ULIS"
        HEARING = "hearing", "chariot pour les élèves malentendants"
        OTHER = "other", "autre malle"

    city = models.ForeignKey(City, models.PROTECT, related_name="shared_kits", verbose_name="ville")
    kind = models.CharField("nature", max_length=20, choices=Kind.choices)
    name = models.CharField("nom", max_length=80)
    sort_key = SortKeyField(source=("name",))
    description = models.TextField("à quoi elle sert", max_length=600, blank=True)
    # Half-days kept free before and after each loan, to carry the kit.
    transport_half_days = models.PositiveSmallIntegerField("demi-journées de transport", default=1)
    longest_half_days = models.PositiveSmallIntegerField("durée la plus longue, en demi-journées", default=20)
    retired_on = models.DateField("retirée le", null=True, blank=True)

    privacy = Privacy.none("prêter aux écoles les malles mutualisées")

    class Meta:
        verbose_name = "malle mutualisée"
        constraints = [
            models.UniqueConstraint(fields=["city", "sort_key"], name="shared_kit_name_once_per_city"),
            models.CheckConstraint(condition=Q(longest_half_days__gt=0), name="shared_kit_is_lent_for_a_time"),
        ]

    def __str__(self):
        return self.name


class KitPart(Row):
    """One line of what a kit holds; a line taken off keeps the counts already made."""

    kit = models.ForeignKey(SharedKit, models.CASCADE, related_name="parts", verbose_name="malle")
    position = models.PositiveSmallIntegerField("rang")
    label = models.CharField("pièce", max_length=80)
    quantity = models.PositiveSmallIntegerField("nombre", default=1)
    removed_at = models.DateTimeField("ôtée le", null=True, blank=True)

    privacy = Privacy.none("vérifier une malle avant et après chaque prêt")

    class Meta:
        verbose_name = "pièce d’une malle"
        constraints = [models.CheckConstraint(condition=Q(quantity__gt=0), name="kit_part_has_a_number")]


class State(models.TextChoices):
    """Where a booking is (plan.md W7, and a waiting list)."""

    REQUESTED = "requested", "demandée"
    WAITING = "waiting", "sur liste d’attente"
    CONFIRMED = "confirmed", "confirmée"
    REFUSED = "refused", "refusée"
    CANCELLED = "cancelled", "annulée"
    PREPARED = "prepared", "prête à partir"
    OUT = "out", "en route"
    IN_USE = "in_use", "à l’école"
    RETURNED = "returned", "revenue"
    CHECKED = "checked", "vérifiée"
    CLOSED = "closed", "close"


NEXT = {
    State.REQUESTED: (State.CONFIRMED, State.REFUSED, State.CANCELLED),
    State.WAITING: (State.REQUESTED, State.REFUSED, State.CANCELLED),
    State.CONFIRMED: (State.PREPARED, State.CANCELLED),
    State.PREPARED: (State.OUT, State.CANCELLED),
    State.OUT: (State.IN_USE,),
    State.IN_USE: (State.RETURNED,),
    State.RETURNED: (State.CHECKED,),
    State.CHECKED: (State.CLOSED,),
    State.REFUSED: (), State.CANCELLED: (), State.CLOSED: (),
}  # fmt: skip
# States in which the kit's half-days are kept for the booking.
HOLDING = (
    State.REQUESTED, State.CONFIRMED, State.PREPARED, State.OUT, State.IN_USE, State.RETURNED, State.CHECKED,
    State.CLOSED,
)  # fmt: skip
AWAY = (State.OUT, State.IN_USE)
TO_ANSWER = (State.REQUESTED, State.WAITING)


class Booking(Row):
    """A school asks for a kind of kit from a half-day to another; the kit is given with the half-days."""

    city = models.ForeignKey(City, models.PROTECT, related_name="bookings", verbose_name="ville")
    school = models.ForeignKey(School, models.PROTECT, related_name="bookings", verbose_name="école")
    kind = models.CharField("nature", max_length=20, choices=SharedKit.Kind.choices)
    kit = models.ForeignKey(
        SharedKit, models.PROTECT, null=True, blank=True, related_name="bookings", verbose_name="malle"
    )
    asked_by = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="bookings", verbose_name="demandée par"
    )
    asked_at = models.DateTimeField("demandée le")
    first_half_day = models.PositiveIntegerField("première demi-journée")  # half_day_number
    last_half_day = models.PositiveIntegerField("dernière demi-journée")
    activity = models.CharField("activité prévue", max_length=300)
    state = models.CharField("état", max_length=10, choices=State.choices)
    reason = models.CharField("motif", max_length=300, blank=True)
    transport = models.CharField("transport", max_length=200, blank=True)
    changed_at = models.DateTimeField("changée le")

    privacy = Privacy(
        holds="qui a demandé la malle pour son école, et l’activité prévue",
        why="prêter les malles et savoir à qui répondre",
        keeps="5 ans après le prêt, pour mesurer l’usage des malles",
        subjects=("asked_by",),
        erase=Erase.DETACH,
    )

    class Meta:
        verbose_name = "réservation d’une malle"
        indexes = [
            models.Index(fields=["city", "state", "first_half_day"]),
            models.Index(fields=["school", "first_half_day"]),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_half_day__gte=F("first_half_day")), name="booking_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(kit__isnull=False) | ~Q(state__in=HOLDING), name="booking_holds_a_kit_or_waits"
            ),
            models.CheckConstraint(condition=~Q(state="refused") | ~Q(reason=""), name="booking_refusal_has_a_reason"),
            models.UniqueConstraint(fields=["kit"], condition=Q(state__in=AWAY), name="kit_away_once"),
        ]

    @property
    def span_text(self) -> str:
        """« mardi 15 septembre, matin », « …, toute la journée » or « du … au … »."""
        first, last = half_day_text(self.first_half_day), half_day_text(self.last_half_day)
        (first_day, _), (last_day, _) = half_day_of(self.first_half_day), half_day_of(self.last_half_day)
        if first == last:
            return first
        return f"{weekday_text(first_day)}, toute la journée" if first_day == last_day else f"du {first}, au {last}"

    @property
    def due_on(self) -> datetime.date:
        """The day it goes back."""
        return half_day_of(self.last_half_day)[0]

    @property
    def is_away(self) -> bool:
        """At the school, or on its way."""
        return self.state in AWAY

    @property
    def can_be_cancelled(self) -> bool:
        """Until the kit leaves."""
        return State.CANCELLED in NEXT[self.state]


class BookingSlot(Row):
    """One half-day of one kit, kept for one booking: two bookings cannot write the same row (AC-20)."""

    kit = models.ForeignKey(SharedKit, models.CASCADE, related_name="slots", verbose_name="malle")
    half_day = models.PositiveIntegerField("demi-journée")
    booking = models.ForeignKey(Booking, models.CASCADE, related_name="slots", verbose_name="réservation")
    is_transport = models.BooleanField("transport", default=False)

    privacy = Privacy.none("ne prêter une malle qu’à une école à la fois")

    class Meta:
        verbose_name = "demi-journée d’une malle"
        constraints = [models.UniqueConstraint(fields=["kit", "half_day"], name="half_day_lent_once")]


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
        keeps="5 ans après le prêt",
        subjects=("by",),
        erase=Erase.DETACH,
        files=("photo_path",),
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
