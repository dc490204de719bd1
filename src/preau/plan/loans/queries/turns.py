"""Whose turn a kit is at: it is at one school at a time, and goes to each in the order of its half-days."""

from django.utils.timezone import localdate

from preau.kit.dates import day_text
from preau.kit.money import NBSP
from preau.kit.names import at_name
from preau.plan.loans.models import (
    AWAY,
    OVER,
    Booking,
    BookingSlot,
    SharedKit,
    State,
    half_day_number,
    half_day_text,
)
from preau.plan.premises.queries import has_wifi_notice

TO_SERVE = (State.REQUESTED, State.CONFIRMED, State.PREPARED)


def why_not_lent(booking: Booking, today) -> str:
    """« École Saules : le conseil d’école n’a pas encore été informé du Wi-Fi… »; empty for a kit without access point
    (loi 2015-136, art. 7-III)."""
    if not booking.kit_id or not booking.kit.has_access_point or has_wifi_notice(booking.school, today):
        return ""
    return (
        f"{booking.school.shown_name}{NBSP}: le conseil d’école n’a pas encore été informé du Wi-Fi, et cette malle a "
        "sa borne. La direction de l’école ou la Ville note d’abord le jour où il l’a été."
    )


def why_not_prepared(booking: Booking, today) -> str:
    """The same, or « Malle 1 est encore à École Tilleuls depuis le … »."""
    if told := why_not_lent(booking, today):
        return told
    others = Booking.objects.filter(kit=booking.kit_id, state__in=AWAY).exclude(pk=booking.pk)
    other = others.select_related("school").first() if booking.kit_id else None
    if other is None:
        return ""
    name = other.school.shown_name
    where = f"en route vers {name}" if other.state == State.OUT else at_name(name)
    since = day_text(localdate(other.changed_at))
    return f"{booking.kit.said} est encore {where} depuis le {since}{NBSP}: notez d’abord son retour."


def why_not_sent(booking: Booking, today) -> str:
    """The same, or « Malle 1 est gardée pour École Saules le … » between today and the end of this loan."""
    away, first = why_not_prepared(booking, today), half_day_number(today, 0)
    if away:
        return away
    kept = BookingSlot.objects.filter(
        kit=booking.kit_id,
        half_day__gte=first,
        half_day__lte=max(booking.last_half_day, first + 1),
        booking__state__in=TO_SERVE,
    )
    slot = kept.exclude(booking=booking.pk).select_related("booking__school").order_by("half_day").first()
    if slot is None:
        return ""
    school, when = slot.booking.school.shown_name, half_day_text(slot.half_day)
    return (
        f"{booking.kit.said} est gardée pour {school} le {when}{NBSP}: servez cette école ou annulez son prêt d’abord."
    )


def loans_within(kit: SharedKit, first: int, last: int):
    """Loans not over yet that hold a half-day of the kit in this span, the oldest request first."""
    held = BookingSlot.objects.filter(kit=kit, half_day__gte=first, half_day__lte=last).values("booking")
    found = Booking.objects.filter(pk__in=held).exclude(state__in=OVER)
    return found.select_related("school", "city", "kit").order_by("asked_at", "id")


def unavailabilities_ahead(kit: SharedKit, today):
    """Those not over yet."""
    found = kit.unavailabilities.filter(ended_at=None, last_half_day__gte=half_day_number(today, 0))
    return found.order_by("first_half_day")
