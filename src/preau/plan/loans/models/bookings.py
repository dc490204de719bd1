"""A kit asked for, given, away, back. A half-day is lent once: its row is unique."""

import datetime

from django.db import models
from django.db.models import F, Q

from preau.kit.privacy import Erase, Privacy
from preau.kit.rows import Row
from preau.people.models import Person
from preau.places.models import City, School
from preau.plan.loans.models.half_days import half_day_of, span_text
from preau.plan.loans.models.kits import SharedKit, Unavailability


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
    State.REQUESTED: (State.CONFIRMED, State.REFUSED, State.CANCELLED, State.WAITING),
    State.WAITING: (State.REQUESTED, State.REFUSED, State.CANCELLED),
    State.CONFIRMED: (State.PREPARED, State.CANCELLED, State.WAITING),
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
CHIPS = {
    State.REQUESTED: "wait", State.WAITING: "wait", State.REFUSED: "none", State.CANCELLED: "none",
    State.CHECKED: "done", State.CLOSED: "done",
}  # fmt: skip
AWAY = (State.OUT, State.IN_USE)
TO_ANSWER = (State.REQUESTED, State.WAITING)
OVER = (State.RETURNED, State.CHECKED, State.CLOSED)


class Booking(Row):
    """A school asks for a kind of kit, or for one by its name, from a half-day to another; both are given together."""

    city = models.ForeignKey(City, models.PROTECT, related_name="bookings", verbose_name="ville")
    school = models.ForeignKey(School, models.PROTECT, related_name="bookings", verbose_name="école")
    kind = models.CharField("nature", max_length=20, choices=SharedKit.Kind.choices)
    wanted = models.ForeignKey(
        SharedKit, models.PROTECT, null=True, blank=True, related_name="wishes", verbose_name="malle demandée"
    )  # of « autre malle », where one is not worth another
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
            models.CheckConstraint(
                condition=Q(kind="other", wanted__isnull=False) | (~Q(kind="other") & Q(wanted=None)),
                name="booking_names_a_kit_of_no_nature",
            ),
            models.CheckConstraint(
                condition=Q(wanted=None) | Q(kit=None) | Q(kit=F("wanted")), name="booking_gets_the_kit_it_named"
            ),
            models.CheckConstraint(condition=~Q(state="refused") | ~Q(reason=""), name="booking_refusal_has_a_reason"),
            models.UniqueConstraint(fields=["kit"], condition=Q(state__in=AWAY), name="kit_away_once"),
        ]

    @property
    def what(self) -> str:
        """The kit given, else the one named, else its nature."""
        return str(self.kit or self.wanted or self.get_kind_display())

    @property
    def span_text(self) -> str:
        """« mardi 15 septembre 2026, matin », « …, toute la journée » or « du … au … »."""
        return span_text(self.first_half_day, self.last_half_day)

    @property
    def due_on(self) -> datetime.date:
        """The day it goes back."""
        return half_day_of(self.last_half_day)[0]

    @property
    def is_away(self) -> bool:
        """At the school, or on its way."""
        return self.state in AWAY

    @property
    def chip(self) -> str:
        """The word of its state's chip."""
        return CHIPS.get(self.state, "now")

    @property
    def can_be_cancelled(self) -> bool:
        """Until the kit leaves."""
        return State.CANCELLED in NEXT[self.state]


class BookingSlot(Row):
    """One half-day of one kit, kept for one booking or for its repair: two cannot write the same row (AC-20)."""

    kit = models.ForeignKey(SharedKit, models.CASCADE, related_name="slots", verbose_name="malle")
    half_day = models.PositiveIntegerField("demi-journée")
    booking = models.ForeignKey(
        Booking, models.CASCADE, null=True, blank=True, related_name="slots", verbose_name="réservation"
    )
    unavailability = models.ForeignKey(
        Unavailability, models.CASCADE, null=True, blank=True, related_name="slots", verbose_name="indisponibilité"
    )
    is_transport = models.BooleanField("transport", default=False)

    privacy = Privacy.none("ne prêter une malle qu’à une école à la fois")

    class Meta:
        verbose_name = "demi-journée d’une malle"
        constraints = [
            models.UniqueConstraint(fields=["kit", "half_day"], name="half_day_lent_once"),
            models.CheckConstraint(
                condition=Q(booking__isnull=False, unavailability__isnull=True)
                | Q(booking__isnull=True, unavailability__isnull=False, is_transport=False),
                name="half_day_kept_for_one_thing",
            ),
        ]
