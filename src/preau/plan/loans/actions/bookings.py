"""A school asks, the city answers. A half-day is given with the request: the unique row decides, nobody else."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.timezone import localdate

from preau.kit.answers import Conflict, Refused, allow
from preau.kit.dates import PAST_DAY, weekday_text
from preau.kit.money import NBSP
from preau.places.queries import pause_on
from preau.plan.loans import queries, rules
from preau.plan.loans.actions.giving import free, give_a_kit
from preau.plan.loans.actions.writing import BACKWARDS, TOO_FAR, farthest, hold_kits, journal, locked, move
from preau.plan.loans.models import TO_ANSWER, Booking, SharedKit, State, half_day_number, half_day_of

HALVES_A_WEEK = 14
NO_REASON = f"L’école n’a pas demandé cette annulation{NBSP}: écrivez pourquoi, elle le lit."


@transaction.atomic
def ask_for_kit(*, person, school, kind, first: int, last: int, activity, now, wanted=None) -> Booking:
    """Gives the first free kit of the kind, its half-days and their transport; on a waiting list when none is free.

    `wanted`, a kit of no nature, is asked for by its name. `first` and `last` are half-day numbers. Raises
    Conflict when none can be, even by waiting.
    """
    today = localdate(now)
    if person is not None and not rules.schools_bookable_by(person, today).filter(pk=school.pk).exists():
        raise Refused("Vous ne demandez une malle que pour une école où vous travaillez.")
    hold_kits(city_id=school.city_id, kind=kind)
    kits = _kits_of(school, kind, wanted)
    _check_span(kits, first, last, today)
    booking = Booking(
        city_id=school.city_id,
        school=school,
        kind=kind,
        wanted=wanted,
        asked_by=person,
        asked_at=now,
        first_half_day=first,
        last_half_day=last,
        activity=activity,
        state=State.WAITING,
        changed_at=now,
    )
    booking.save(force_insert=True)
    give_a_kit(booking=booking, kits=kits)
    journal(person=person, verb="kit_asked", subject=booking, place_id=school.pk, now=now, fields=["state"])
    return booking


def _kits_of(school, kind, wanted):
    """Kits of the school's city that the request may be given."""
    if (kind == SharedKit.Kind.OTHER) != (wanted is not None):
        raise Conflict(f"Cette malle se demande par son nom{NBSP}: choisissez-la.")
    kits = queries.kits_lent(SharedKit.objects.filter(city=school.city_id, kind=kind))
    return [kit for kit in kits if wanted is None or kit.pk == wanted.pk]


@dataclass(frozen=True)
class Week:
    """One week of a request that repeats: its booking, or why there is none."""

    first: int
    booking: Booking | None
    reason: str = ""


@transaction.atomic
def ask_each_week(*, person, school, kind, first: int, last: int, activity, weeks: int, now, wanted=None) -> list[Week]:
    """The same half-days for some weeks, each a request of its own: it counts as one loan, and waits alone.

    Raises Conflict when no week can be asked for, or when one would meet the next.
    """
    if last > farthest(today=localdate(now)):
        raise Conflict(TOO_FAR)
    kits = _kits_of(school, kind, wanted)
    if weeks > 1 and any(queries.meets_next_week(kit, first, last) for kit in kits):
        raise Conflict(f"Avec le trajet, ce prêt dure plus d’une semaine{NBSP}: demandez chaque semaine à part.")
    found = []
    for start in range(first, first + weeks * HALVES_A_WEEK, HALVES_A_WEEK):
        try:
            booking = ask_for_kit(
                person=person,
                school=school,
                kind=kind,
                wanted=wanted,
                first=start,
                last=start + last - first,
                activity=activity,
                now=now,
            )
            found.append(Week(start, booking))
        except Conflict as refusal:
            found.append(Week(start, None, refusal.reason))
    if not any(week.booking for week in found):
        raise Conflict(found[0].reason)
    return found


@transaction.atomic
def confirm_booking(*, person, booking, now, transport="") -> Booking:
    """The city says yes; the half-days were already kept. Raises Conflict, also where its Wi-Fi may not go yet."""
    booking = _to_answer(booking, person, now)
    if reason := queries.why_not_lent(booking, localdate(now)):
        raise Conflict(reason)
    return move(
        booking=booking, to=State.CONFIRMED, person=person, now=now, verb="booking_confirmed", transport=transport
    )


@transaction.atomic
def refuse_booking(*, person, booking, reason, now) -> Booking:
    """The city says no and why; the half-days go to whoever waits first. Raises Conflict."""
    hold_kits(city_id=booking.city_id, kind=booking.kind)
    booking = _to_answer(booking, person, now)
    booking = move(booking=booking, to=State.REFUSED, person=person, now=now, verb="booking_refused", reason=reason)
    free(booking=booking, person=person, now=now)
    return booking


@transaction.atomic
def cancel_booking(*, person, booking, now, reason="") -> Booking:
    """Given up before the kit leaves; the half-days go to whoever waits first. Raises Conflict, also without the
    `reason` that one who is not of the school owes it."""
    hold_kits(city_id=booking.city_id, kind=booking.kind)
    booking = locked(booking=booking)
    allow(rules.can_cancel_booking, person, booking, now=now)
    if not reason and rules.needs_reason(person, booking, localdate(now)):
        raise Conflict(NO_REASON, "reason")
    booking = move(booking=booking, to=State.CANCELLED, person=person, now=now, verb="booking_cancelled", reason=reason)
    free(booking=booking, person=person, now=now)
    return booking


def _to_answer(booking, person, now):
    """The booking as it is now. Raises Conflict, with what it became, for whoever answers after a colleague."""
    booking = locked(booking=booking)
    allow(rules.can_write_kits, person, booking.city, now=now)
    if booking.state not in TO_ANSWER:
        raise Conflict(queries.moved_text(booking))
    return booking


def _check_span(kits, first, last, today):
    if not kits:
        raise Conflict("La Ville ne prête pas de malle de cette nature.")
    if last < first:
        raise Conflict(BACKWARDS)
    if first < half_day_number(today, 0):
        raise Conflict(PAST_DAY)
    if last > farthest(today=today):
        raise Conflict(TOO_FAR)
    for number in (first, last):
        _refuse_pause(kits[0].city, half_day_of(number)[0])
    use, _ = queries.slots_wanted(kits[0], first, last)
    if not use:
        raise Conflict(f"Ces jours tombent une fin de semaine{NBSP}: choisissez un jour d’école.")
    longest = max(kit.longest_half_days for kit in kits)
    if len(use) > longest:
        raise Conflict(f"Une malle de cette nature se prête {longest} demi-journées au plus.")


def _refuse_pause(city, day):
    pause = pause_on(city, day)
    if pause is None:
        return
    name = pause.label[:1].lower() + pause.label[1:]
    why = {"vacances": f"tombe pendant les {name}", "pont": f"tombe pendant le {name}"}
    said = why.get(pause.kind, f"est férié ({pause.label})")
    raise Conflict(f"Le {weekday_text(day)} {said}{NBSP}: choisissez un jour d’école.")
