"""What a guardian fills, on a screen, or somebody of the school from their sheet."""

import datetime

from django.db import transaction
from django.utils.timezone import localdate

from preau.ent.yearfile import queries, rules
from preau.ent.yearfile.models import ContactChange, Item, Pickup, YearFile
from preau.journal.actions import record
from preau.kit.answers import Conflict, allow
from preau.kit.names import fold
from preau.kit.rows import lock
from preau.notify import actions as notify
from preau.people.models import Contact, Person
from preau.schools import actions as register

MOST_PICKUPS = 12
TOO_MANY = f"Vous avez nommé {MOST_PICKUPS} personnes\u00a0: retirez-en une d’abord."


@transaction.atomic
def check_contacts(
    *, person: Person, guardian: Person, child: Person, written: dict, added: tuple, now: datetime.datetime
) -> None:
    """The guardian read their contacts and corrected what was wrong: written in the register, and listed for ONDE.
    Counts for all their children of the school. `person`: the guardian, or who notes their sheet."""
    year_file = hold_file(person=person, guardian=guardian, child=child, item=Item.CONTACTS, now=now)
    before = {(row.kind, row.value) for row in Contact.objects.filter(person=guardian)}
    school = year_file.opening.school
    register.correct_contacts(known=guardian, written=written, added=added, place_id=school.pk, person=person, now=now)
    after = {(row.kind, row.value) for row in Contact.objects.filter(person=guardian)}
    for kind in Contact.Kind.values:
        gone = [value for one, value in sorted(before - after) if one == kind]
        new = [value for one, value in sorted(after - before) if one == kind]
        for rank in range(max(len(gone), len(new))):
            pair = {"before": "".join(gone[rank : rank + 1]), "after": "".join(new[rank : rank + 1])}
            ContactChange.objects.create(school=school, guardian=guardian, kind=kind, changed_at=now, **pair)
    for one in _of_all_children(year_file, now):
        note_done(year_file=one, person=person, name="contacts_at", now=now)


@transaction.atomic
def read_charter(*, person: Person, guardian: Person, child: Person, now: datetime.datetime) -> None:
    """Read and agreed to, for all the children of this guardian in the school."""
    year_file = hold_file(person=person, guardian=guardian, child=child, item=Item.CHARTER, now=now)
    for one in _of_all_children(year_file, now):
        note_done(year_file=one, person=person, name="charter_at", now=now)


@transaction.atomic
def say_sharing(*, person: Person, guardian: Person, child: Person, sharing: str, now: datetime.datetime) -> YearFile:
    """Whether the parents' associations may have this guardian's contacts; the last word counts."""
    year_file = hold_file(person=person, guardian=guardian, child=child, item=Item.SHARING, now=now)
    year_file.sharing = YearFile.Sharing(sharing)
    return note_done(year_file=year_file, person=person, name="sharing_at", now=now, fields=("sharing",))


@transaction.atomic
def name_pickup(
    *, person: Person, guardian: Person, child: Person, name: str, tie: str, now: datetime.datetime, phone: str = ""
) -> Pickup:
    """Names somebody who may fetch the child; named twice, it is one."""
    year_file = hold_file(person=person, guardian=guardian, child=child, item=Item.PICKUPS, now=now)
    mine = Pickup.objects.filter(named_by=guardian, child=child, ended_at=None)
    named = list(mine)
    if known := next((one for one in named if fold(one.name) == fold(name)), None):
        return known
    if len(named) >= MOST_PICKUPS:
        raise Conflict(TOO_MANY, "name")
    pickup = Pickup.objects.create(child=child, named_by=guardian, name=name, tie=tie, phone=phone, named_at=now)
    place = year_file.opening.school_id
    record(person_id=person.pk, verb="year_file.name_pickup", subject=pickup, now=now, place_id=place)
    note_done(year_file=year_file, person=person, name="pickups_at", now=now)
    return pickup


@transaction.atomic
def end_pickup(*, person: Person, pickup: Pickup, now: datetime.datetime) -> None:
    """They may fetch the child no longer, from now on. Raises Refused."""
    pickup = lock(pickup)
    allow(rules.can_end_pickup, person, pickup, now=now)
    if pickup.ended_at is None:
        pickup.ended_at = now
        pickup.save(update_fields=["ended_at"])
        record(person_id=person.pk, verb="year_file.end_pickup", subject=pickup, now=now)


@transaction.atomic
def check_pickups(*, person: Person, guardian: Person, child: Person, now: datetime.datetime) -> YearFile:
    """« La liste est juste », empty too: nobody but the guardians."""
    year_file = hold_file(person=person, guardian=guardian, child=child, item=Item.PICKUPS, now=now)
    return note_done(year_file=year_file, person=person, name="pickups_at", now=now)


def _of_all_children(year_file, now):
    """This file, and those of the guardian's other children in the same school."""
    for own in queries.own_files(year_file.guardian, localdate(now)):
        if own.opening.pk == year_file.opening_id:
            kept, _ = YearFile.objects.get_or_create(opening=own.opening, guardian=year_file.guardian, child=own.child)
            yield kept


def hold_file(*, person: Person, guardian: Person, child: Person, item: Item, now: datetime.datetime) -> YearFile:
    """The file of this guardian and child, locked, for the guardian or for who notes their sheet."""
    opening = rules.open_for(child, localdate(now))
    if person == guardian or opening is None:  # nobody fills what is not asked
        allow(rules.can_fill, person, child, item, now=now)
    year_file, _ = YearFile.objects.get_or_create(opening=opening, guardian=guardian, child=child)
    if person != guardian:
        allow(rules.can_note_paper, person, year_file, now=now)
    return lock(year_file, "opening__school")


def note_done(
    *, year_file: YearFile, person: Person, name: str, now: datetime.datetime, fields: tuple = ()
) -> YearFile:
    """An item is done on that day, with the fields written beside it; whoever filled it has read the notice."""
    setattr(year_file, name, now)
    year_file.save(update_fields=[name, *fields])
    place = year_file.opening.school_id
    record(person_id=person.pk, verb="year_file.fill", subject=year_file, now=now, place_id=place, fields=[name])
    if person.pk == year_file.guardian_id:
        notify.mark_seen(publication=year_file.opening.publication, person=person, now=now)
    return year_file
