"""Committees and their seats."""

from django.db import transaction
from django.utils.timezone import localdate

from preau.kit.answers import Conflict, allow
from preau.kit.dates import months_before
from preau.kit.money import NBSP
from preau.plan.governance.models import Committee, Seat
from preau.plan.governance.rules import can_keep_secretariat
from preau.plan.studies.actions.writing import note


@transaction.atomic
def open_committees(*, person, city, now, opened_on=None) -> list[Committee]:
    """The city's COPIL and COTECH, made once; `opened_on`, the day they were set up, today unless given."""
    today = localdate(now)
    allow(can_keep_secretariat, person, city, now=now)
    made = []
    for kind in Committee.Kind:
        committee, is_new = Committee.objects.get_or_create(
            city=city, kind=kind, defaults={"opened_on": opened_on or today}
        )
        if is_new:
            note(person=person, verb="governance.open_committee", subject=committee, city=city, now=now)
        made.append(committee)
    return made


@transaction.atomic
def add_seat(*, person, committee, college, title, starts_on, now, holder=None) -> Seat:
    """A title in one of the committee's colleges. Raises Conflict for a college that does not sit there."""
    allow(can_keep_secretariat, person, committee.city, now=now)
    if college not in committee.composition:
        raise Conflict(f"Ce collège ne siège pas au {committee}{NBSP}: choisissez-en un autre.")
    seat = Seat.objects.create(committee=committee, college=college, title=title, starts_on=starts_on, holder=holder)
    note(
        person=person,
        verb="governance.add_seat",
        subject=seat,
        city=committee.city,
        now=now,
        fields=["college", "title"],
    )
    return seat


@transaction.atomic
def end_seat(*, person, seat, ends_on, now) -> None:
    """The seat sits no more after that day; past sessions keep it."""
    allow(can_keep_secretariat, person, seat.committee.city, now=now)
    seat.ends_on = max(ends_on, seat.starts_on)
    seat.save(update_fields=["ends_on"])
    note(person=person, verb="governance.end_seat", subject=seat, city=seat.committee.city, now=now, fields=["ends_on"])


def forget_holders(*, now, dry_run=False) -> int:
    """Seats that ended three months ago or more no longer say who sat; the minutes do. Returns how many."""
    due = Seat.objects.filter(ends_on__lte=months_before(localdate(now), 3), holder__isnull=False)
    return due.count() if dry_run else due.update(holder=None)
