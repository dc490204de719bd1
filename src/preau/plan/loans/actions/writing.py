"""What every write of the room shares: the journal line, and a booking moved from one state to the next."""

import datetime

from preau.journal.actions import record
from preau.kit.answers import Conflict
from preau.kit.rows import lock
from preau.plan.loans import queries
from preau.plan.loans.models import NEXT, Booking, Half, SharedKit, half_day_number

BACKWARDS = "La fin est avant le début\u00a0: corrigez l’une des deux."
TOO_FAR = "C’est plus d’un an à l’avance\u00a0: choisissez une date plus proche."


def farthest(*, today: datetime.date) -> int:
    """The last half-day that may be asked for, a year from today: a request reads every half-day up to its last one,
    and no school calendar goes further."""
    return half_day_number(today + datetime.timedelta(days=366), Half.AFTERNOON)


def journal(*, person, verb, subject, place_id, now, fields=()):
    """One line; None is the operator's shell."""
    return record(
        person_id=person.pk if person else None, verb=verb, subject=subject, now=now, place_id=place_id, fields=fields
    )


def hold_kits(*, city_id, kind) -> None:
    """One order everywhere: the kits of a kind, all of them, then its bookings, then half-days. What may end in giving
    another kit or freeing one begins here, or two people each hold what the other wants."""
    kits = SharedKit.objects.select_for_update(of=("self",)).filter(city=city_id, kind=kind).order_by("pk")
    list(kits.values_list("pk"))


def locked(*, booking) -> Booking:
    """The booking as it is now, nobody else writing it."""
    return lock(booking, "city", "school", "kit")


def move(*, booking, to, person, now, verb, **fields):
    """Writes the next state. Raises Conflict, with what it became, when it cannot follow the present one."""
    if to not in NEXT[booking.state]:
        raise Conflict(queries.moved_text(booking))
    booking.state, booking.changed_at = to, now
    for name, value in fields.items():
        setattr(booking, name, value)
    booking.save(update_fields=["state", "changed_at", *fields])
    journal(person=person, verb=verb, subject=booking, place_id=booking.school_id, now=now, fields=["state", *fields])
    return booking
