"""Where the loans are: those shown, those late, who waits and why."""

from dataclasses import dataclass

from django.db.models import Case, Count, OuterRef, Q, Subquery, When
from django.db.models.functions import Coalesce
from django.utils.timezone import localtime

from preau.kit.dates import hour_text, school_year_bounds, school_year_label, weekday_text
from preau.kit.money import NBSP
from preau.plan.loans.models import AWAY, HOLDING, TO_ANSWER, Booking, SharedKit, State, half_day_number

KEPT = {
    "a-traiter": Q(state__in=TO_ANSWER),
    "en-cours": Q(state__in=(State.CONFIRMED, State.PREPARED, *AWAY, State.RETURNED, State.CHECKED)),
}  # fmt: skip


def bookings_shown(bookings, today, state=""):
    """Bookings with their kit and school, late ones first, those awaited for longest above; then those that run first
    when `state` keeps some, the last ones when it keeps them all."""
    kept, late_since = KEPT | {"en-retard": late(today)}, Case(When(late(today), then="last_half_day"))
    order = (late_since.asc(nulls_last=True), "first_half_day" if state in kept else "-first_half_day", "id")
    return bookings.filter(kept.get(state, Q())).select_related("school", "kit", "wanted", "city").order_by(*order)


def moved_text(booking: Booking) -> str:
    """What became of a request or a loan while somebody was writing something else of it."""
    at = localtime(booking.changed_at)
    since = f"le {weekday_text(at)} à {hour_text(at)}"
    why = f" (motif{NBSP}: {booking.reason})" if booking.reason else ""
    return (
        f"Cette demande a changé {since}, elle est «{NBSP}{booking.get_state_display()}{NBSP}»{why}. "
        "Ce que vous envoyez n’est pas enregistré."
    )


def late(today) -> Q:
    """Away, and its last half-day is before today."""
    return Q(state__in=AWAY, last_half_day__lt=half_day_number(today, 0))


def _loans_this_year(day):
    """Loans that the school of a booking holds or had this school year: what fairness compares."""
    first, last = school_year_bounds(school_year_label(day))
    rows = Booking.objects.filter(
        city=OuterRef("city"),
        school=OuterRef("school"),
        state__in=HOLDING,
        first_half_day__gte=half_day_number(first, 0),
        first_half_day__lte=half_day_number(last, 1),
    )
    return Coalesce(Subquery(rows.order_by().values("school").annotate(n=Count("id")).values("n")), 0)


@dataclass(frozen=True)
class Waiting:
    """A place on the waiting list, and why: fewer loans this year first, then the older request."""

    booking: Booking
    loans_count: int
    place: int


def waiting_list(city, kind, today, wanted=None) -> list[Waiting]:
    """Requests that wait for a kind of kit, or for the one `wanted` (an id), in the order of the fair-share rule; not
    those whose days are past."""
    waiting = Booking.objects.filter(
        city=city, kind=kind, state=State.WAITING, first_half_day__gte=half_day_number(today, 0)
    ).select_related("school", "city", "wanted")
    waiting = waiting.filter(wanted=wanted) if wanted else waiting
    ordered = sorted(
        waiting.annotate(loans_count=_loans_this_year(today)), key=lambda b: (b.loans_count, b.asked_at, str(b.pk))
    )
    return [Waiting(b, b.loans_count, place) for place, b in enumerate(ordered, 1)]


def is_lent(booking) -> bool:
    """Whether the city still lends a kit of the kind that was asked for."""
    return SharedKit.objects.filter(city=booking.city_id, kind=booking.kind, retired_on=None).exists()


def steps_of(booking: Booking) -> list[tuple[str, str]]:
    """[(label, done|now|wait)] of the path of a booking that goes well."""
    path = (State.REQUESTED, State.CONFIRMED, State.PREPARED, State.OUT, State.IN_USE, State.RETURNED, State.CHECKED)
    labels = ("Demandée", "Confirmée", "Préparée", "En route", "À l’école", "Revenue", "Vérifiée")
    at = path.index(booking.state) if booking.state in path else len(path) if booking.state == State.CLOSED else -1
    return [
        (label, "done" if place < at or at == len(path) else "now" if place == at else "wait")
        for place, label in enumerate(labels)
    ]
