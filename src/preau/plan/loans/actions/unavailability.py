"""A kit in repair: its half-days are taken as a loan takes them, so that the base refuses to lend it."""

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from preau.kit.answers import Conflict, allow
from preau.kit.dates import PAST_DAY
from preau.kit.money import NBSP
from preau.plan.loans import queries, rules
from preau.plan.loans.actions.giving import give_a_kit, offer
from preau.plan.loans.actions.writing import BACKWARDS, TOO_FAR, farthest, hold_kits, journal, locked, move
from preau.plan.loans.models import LONGEST_STOP, BookingSlot, SharedKit, State, Unavailability, half_day_number

MOVABLE = (State.REQUESTED, State.CONFIRMED)
OVERLAP = f"Cette malle est déjà prise ou indisponible une partie de ces jours{NBSP}: relisez son calendrier."
TOO_LONG = f"C’est plus d’un an{NBSP}: retirez plutôt cette malle du prêt."
RETIRED = "Cette malle n’est plus prêtée."


class InTheWay(Conflict):
    """Loans hold some of these half-days; nothing was changed. `bookings` are those, the oldest request first."""

    def __init__(self, reason: str, bookings):
        super().__init__(reason)
        self.bookings = bookings


@transaction.atomic
def stop_lending(*, person, kit, first: int, last: int, reason, now, moves=False) -> Unavailability:
    """No loan from a half-day to another. With `moves`, loans promised then go to another kit, else wait with the
    reason said; without, they raise InTheWay, as one prepared or away does whatever is said. Raises Conflict. What is
    returned has their number as `moved_count`.
    """
    kit = _locked(kit, person, now)
    if last < first:
        raise Conflict(BACKWARDS)
    if first < half_day_number(localdate(now), 0):
        raise Conflict(PAST_DAY)
    if first > farthest(today=localdate(now)):
        raise Conflict(TOO_FAR)
    if last - first > LONGEST_STOP:
        raise Conflict(TOO_LONG)
    if kit.retired_on:
        raise Conflict(RETIRED)
    caught = [locked(booking=booking) for booking in queries.loans_within(kit, first, last)]
    _check_way(kit, caught, moves)
    span = BookingSlot.objects.filter(kit=kit, half_day__gte=first, half_day__lte=last)
    span.filter(booking__isnull=False).exclude(booking__in=caught).delete()  # of loans that are over
    BookingSlot.objects.filter(booking__in=caught).delete()
    stop = Unavailability(kit=kit, first_half_day=first, last_half_day=last, reason=reason)
    stop.save(force_insert=True)
    try:
        with transaction.atomic():
            BookingSlot.objects.bulk_create(
                [BookingSlot(kit=kit, half_day=n, unavailability=stop) for n in range(first, last + 1)]
            )
    except IntegrityError:
        raise Conflict(OVERLAP)
    journal(person=person, verb="shared_kit_stopped", subject=kit, place_id=kit.city_id, now=now)
    for booking in sorted(caught, key=lambda b: b.state != State.CONFIRMED):
        _move_away(booking, stop, person, now)
    stop.moved_count = len(caught)
    offer(city=kit.city, kind=kit.kind, person=person, now=now)
    return stop


@transaction.atomic
def resume_lending(*, person, unavailability, now) -> Unavailability:
    """Lent again from today: what is freed goes to whoever waits. Raises Conflict when that was said already."""
    kit = _locked(unavailability.kit, person, now)
    stop = Unavailability.objects.get(pk=unavailability.pk)
    if stop.ended_at:
        raise Conflict(f"{kit.said} est déjà de nouveau prêtée.")
    stop.ended_at = now
    stop.save(update_fields=["ended_at"])
    stop.slots.filter(half_day__gte=half_day_number(localdate(now), 0)).delete()
    journal(person=person, verb="shared_kit_resumed", subject=kit, place_id=kit.city_id, now=now)
    offer(city=kit.city, kind=kit.kind, person=person, now=now)
    return stop


def _locked(kit, person, now):
    hold_kits(city_id=kit.city_id, kind=kit.kind)
    kit = SharedKit.objects.select_related("city__department").get(pk=kit.pk)
    allow(rules.can_write_kits, person, kit.city, now=now)
    return kit


def _check_way(kit, caught, moves):
    held = [booking for booking in caught if booking.state not in MOVABLE]
    if held:
        school = held[0].school.shown_name
        raise InTheWay(
            f"{kit.said} est prête pour {school} ou déjà partie{NBSP}: notez son retour, annulez ce prêt ou choisissez "
            "d’autres jours.",
            caught,
        )
    if caught and not moves:
        raise InTheWay(
            f"{kit.said} est promise ces jours-là. Répondez d’abord à ces écoles, ou cochez la case ci-dessous.",
            caught,
        )


def _move_away(booking, stop, person, now):
    """To another kit of the kind, as far as it was; else on the waiting list."""
    kits = queries.kits_lent(SharedKit.objects.filter(city=booking.city_id, kind=booking.kind)).exclude(pk=stop.kit_id)
    why = f"{stop.kit.said} est indisponible ({stop.reason})."
    if not give_a_kit(booking=booking, kits=kits, state=booking.state, reason=f"{why} Une autre malle la remplace."):
        move(booking=booking, to=State.WAITING, person=person, now=now, verb="booking_put_off", kit=None, reason=why)
        return
    booking.changed_at = now
    booking.save(update_fields=["changed_at"])
    journal(
        person=person,
        verb="booking_given_another_kit",
        subject=booking,
        place_id=booking.school_id,
        now=now,
        fields=["kit", "reason"],
    )
