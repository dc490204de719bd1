"""Convening a conseil d’école, writing its minutes, making them final."""

import datetime
import uuid

from django.db import transaction
from django.utils.timezone import localdate

from preau.ent.agenda import rules
from preau.ent.agenda.actions.events import add_event
from preau.ent.agenda.actions.telling import tell_receivers, tell_school
from preau.ent.agenda.models import Council, EventScope
from preau.journal.actions import record
from preau.kit.answers import Conflict, allow
from preau.kit.ids import sending
from preau.kit.rows import lock
from preau.people.models import Person
from preau.places.models import School

BEFORE = datetime.timedelta(days=8)
TOO_SOON = "La convocation part au moins huit jours avant\u00a0: choisissez un jour à partir du {}."
NO_WORDS = "Écrivez le procès-verbal avant de le rendre définitif."
TITLE = "Conseil d’école"


@transaction.atomic
def convene_council(
    *,
    person: Person,
    school: School,
    day: datetime.date,
    begins_at: datetime.time,
    where: str,
    items: str,
    members: str,
    now: datetime.datetime,
    once: uuid.UUID | None = None,
) -> Council:
    """Told to families and adults of the school, and to who receives the minutes. `once`, as of an event. Raises
    Refused, Conflict."""
    allow(rules.can_convene, person, school, now=now)
    first = localdate(now) + BEFORE
    if day < first:
        raise Conflict(TOO_SOON.format(f"{first:%d/%m/%Y}"), "day")
    said = {"title": TITLE, "first_on": day, "begins_at": begins_at, "where": where, "scope": EventScope.FAMILIES}
    once = sending(once, items, members)
    event = add_event(person=person, place=school, now=now, once=once, **said)
    if known := Council.objects.filter(event=event).first():
        return known
    council = Council.objects.create(
        school=school, event=event, items=items, members=members, convened_at=now, convened_by=person
    )
    _record(person, "agenda.convene_council", council, now)
    tell_school(council=council, person=person, now=now)
    tell_receivers(council=council, what="convened", now=now)
    return council


@transaction.atomic
def write_minutes(*, person: Person, council: Council, minutes: str, version: int, now: datetime.datetime) -> Council:
    """A draft, that the head alone reads."""
    council = lock(council, "event", "school", version=version)
    allow(rules.can_write_minutes, person, council, now=now)
    council.minutes, council.version = minutes, council.version + 1
    council.save(update_fields=["minutes", "version"])
    _record(person, "agenda.write_minutes", council, now)
    return council


@transaction.atomic
def make_minutes_final(*, person: Person, council: Council, now: datetime.datetime) -> Council:
    """Displayed to the school, and addressed to the IEN and the elected members of the city."""
    council = lock(council, "event", "school")
    allow(rules.can_write_minutes, person, council, now=now)
    if not council.minutes.strip():
        raise Conflict(NO_WORDS)
    council.final_at, council.version = now, council.version + 1
    council.save(update_fields=["final_at", "version"])
    _record(person, "agenda.make_minutes_final", council, now)
    tell_receivers(council=council, what="final", now=now)
    return council


def _record(person, verb, council, now):
    record(person_id=person.pk, verb=verb, subject=council, now=now, place_id=council.school_id)
