"""Half-days of a kit given to a booking, taken back, offered to whoever waits."""

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from preau.plan.loans import queries
from preau.plan.loans.actions.writing import journal, locked
from preau.plan.loans.models import BookingSlot, Half, SharedKit, State, half_day_number


def give_a_kit(*, booking, kits, state=State.REQUESTED, reason="") -> bool:
    """The first kit whose half-days can all be written; the one named, if one was. The unique rows arbitrate: a loser
    tries the next kit."""
    for kit in kits:
        if booking.wanted_id not in (None, kit.pk):
            continue
        use, carry = queries.slots_wanted(kit, booking.first_half_day, booking.last_half_day)
        if len(use) > kit.longest_half_days:
            continue
        rows = [BookingSlot(kit=kit, half_day=n, booking=booking) for n in use]
        rows += [BookingSlot(kit=kit, half_day=n, booking=booking, is_transport=True) for n in carry]
        try:
            with transaction.atomic():
                BookingSlot.objects.bulk_create(rows)
        except IntegrityError:
            continue
        booking.kit, booking.state, booking.reason = kit, state, reason
        booking.save(update_fields=["kit", "state", "reason"])
        return True
    return False


def free(*, booking, person, now):
    """Half-days given back are offered at once."""
    BookingSlot.objects.filter(booking=booking).delete()
    offer(city=booking.city, kind=booking.kind, person=person, now=now)


def free_the_rest(*, booking, person, now):
    """The kit is here again and counted: its half-days from tomorrow on are offered."""
    rest = BookingSlot.objects.filter(booking=booking, half_day__gt=half_day_number(localdate(now), Half.AFTERNOON))
    if rest.delete()[0]:
        offer(city=booking.city, kind=booking.kind, person=person, now=now)


def offer(*, city, kind, person, now):
    """What is free goes to who waits, in the order of the fair-share rule."""
    kits = list(queries.kits_lent(SharedKit.objects.filter(city=city, kind=kind)))
    for waiting in queries.waiting_list(city, kind, localdate(now)):
        other = locked(booking=waiting.booking)
        if other.state == State.WAITING and give_a_kit(booking=other, kits=kits):
            other.changed_at = now
            other.save(update_fields=["changed_at"])
            journal(
                person=person,
                verb="booking_offered",
                subject=other,
                place_id=other.school_id,
                now=now,
                fields=["state"],
            )
