"""Where a school is, its buildings, its rooms and their cabling."""

from datetime import date

from django.db import transaction

from preau.kit.answers import Conflict, allow
from preau.kit.rows import lock
from preau.places import actions as places
from preau.places.models import Building, Room, School
from preau.plan.premises.actions.writing import journal, journal_many
from preau.plan.premises.models import Cabling, Lack
from preau.plan.premises.rules import can_write_premises

__all__ = [
    "add_building", "add_room", "add_rooms", "edit_room", "locate_school", "record_cabling",
    "remove_cabling", "rename_building",
]  # fmt: skip


ONE_TAKEN = "Un de ces noms est déjà pris dans ce bâtiment\u00a0: rien n’est ajouté."


@transaction.atomic
def locate_school(*, person, school, latitude, longitude, source, now) -> School:
    """WGS 84 decimal degrees, or None twice."""
    allow(can_write_premises, person, school, now=now)
    return places.locate_school(
        person=person, school=school, latitude=latitude, longitude=longitude, source=source, now=now
    )


@transaction.atomic
def add_building(*, person, school, name, now) -> Building:
    """A building of the school. Raises Conflict when the name is taken."""
    allow(can_write_premises, person, school, now=now)
    return places.add_building(person=person, school=school, name=name, now=now)


@transaction.atomic
def rename_building(*, person, building, name, now) -> Building:
    """Raises Conflict when the name is taken."""
    allow(can_write_premises, person, building.school, now=now)
    return places.rename_building(person=person, building=building, name=name, now=now)


@transaction.atomic
def add_room(*, person, building, name, floor, kind, has_power, now) -> Room:
    """A room of a building. Raises Conflict when the name is taken."""
    allow(can_write_premises, person, building.school, now=now)
    return places.add_room(
        person=person, building=building, name=name, floor=floor, kind=kind, has_power=has_power, now=now
    )


@transaction.atomic
def add_rooms(*, person, building, names, floor, kind, has_power, now) -> list[Room]:
    """Several rooms of one floor, alike: all or none. Raises Conflict when a name is taken."""
    facts = {"building": building, "floor": floor, "kind": kind, "has_power": has_power}
    try:
        return [add_room(person=person, name=name, now=now, **facts) for name in names]
    except Conflict:
        raise Conflict(ONE_TAKEN, "names") from None


@transaction.atomic
def edit_room(*, person, room, now, **facts) -> Room:
    """Any of its facts; `closed_on` takes it out of use from that day. Raises Conflict when the name is taken."""
    allow(can_write_premises, person, room.building.school, now=now)
    return places.edit_room(person=person, room=room, now=now, **facts)


@transaction.atomic
def record_cabling(*, person, school, done_on: date, now, whole_school=False, rooms=()) -> list[Cabling]:
    """The school itself, some of its rooms, or both, cabled on one day; what already was keeps its day.

    Raises ValueError for a room of another school.
    """
    allow(can_write_premises, person, school, now=now)
    lock(school)  # the same room ticked twice at once is cabled once
    if any(room.building.school_id != school.pk for room in rooms):
        raise ValueError("a room of another school")
    known = set(Cabling.objects.filter(school=school).values_list("room_id", flat=True))
    wanted = [(Cabling.Scope.SCHOOL, None)] if whole_school else []
    wanted += [(Cabling.Scope.ROOM, room) for room in rooms]
    made = []
    for scope, room in wanted:
        if (room.pk if room else None) not in known:
            made.append(Cabling.objects.create(school=school, scope=scope, room=room, done_on=done_on))
            journal(person=person, verb="cabling_recorded", subject=made[-1], school=school, now=now)
    return made


@transaction.atomic
def remove_cabling(*, person, cabling, now):
    """Recorded by mistake: the line goes, the journal keeps that it was there."""
    allow(can_write_premises, person, cabling.school, now=now)
    journal(person=person, verb="cabling_removed", subject=cabling, school=cabling.school, now=now)
    cabling.delete()


@transaction.atomic
def record_lacks(*, person, school, lacks, seen_on: date, now) -> list[Lack]:
    """« Il n’y en a pas », of each of these (`Lack.What`), seen on one day; what was already said takes that day. What
    is noted afterwards counts over it."""
    allow(can_write_premises, person, school, now=now)
    lock(school)
    said = [
        Lack.objects.update_or_create(school=school, what=Lack.What(what), defaults={"seen_on": seen_on})[0]
        for what in lacks
    ]
    for lack in said:
        journal(person=person, verb="lack_recorded", subject=lack, school=school, now=now)
    return said


@transaction.atomic
def record_lack_of_schools(*, person, schools, what, seen_on: date, now) -> list[Lack]:
    """One thing that several schools do not have (`Lack.What`), seen on one day, for all of them or for none. A school
    of which it was said already keeps its day."""
    keys = [school.pk for school in schools]
    list(School.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk"))  # before the chain of acts
    said = set(Lack.objects.filter(school__in=keys, what=what).values_list("school", flat=True))
    untold = [school for school in schools if school.pk not in said]
    for school in untold:
        allow(can_write_premises, person, school, now=now)
    lacks = [Lack(school=school, what=Lack.What(what), seen_on=seen_on) for school in untold]
    made = Lack.objects.bulk_create(lacks, batch_size=100)
    journal_many(person=person, verb="lack_recorded", subjects=made, now=now)
    return made


@transaction.atomic
def remove_lack(*, person, lack, now):
    """Said by mistake: it is unknown again, the journal keeps that it was said."""
    allow(can_write_premises, person, lack.school, now=now)
    journal(person=person, verb="lack_removed", subject=lack, school=lack.school, now=now)
    lack.delete()
