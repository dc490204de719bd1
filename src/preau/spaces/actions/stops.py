"""The stop switch of a place, pressed and lifted."""

import datetime

from django.db import transaction
from django.utils.timezone import localdate

from preau.journal.actions import record
from preau.kit.answers import allow
from preau.kit.rows import lock
from preau.people.models import Person
from preau.places.models import School, kind_of
from preau.spaces import rules
from preau.spaces.actions.generations import raise_generations
from preau.spaces.models import Stop
from preau.spaces.queries import stops


@transaction.atomic
def stop_place(
    *, person: Person, place, readers: list[str], why: str, now: datetime.datetime, part: str = Stop.Part.WHOLE
) -> list[Stop]:
    """What is published in this place, and in what it holds, is not shown to these readers until `start_again`; what
    its authority has stopped already goes on."""
    place = lock(place)
    allow(rules.can_stop, person, place, now=now)
    where, authority = {kind_of(place): place}, rules.stop_authority(person, place, localdate(now))
    known = set(Stop.objects.open().filter(authority=authority, **where).values_list("readers", flat=True))
    made = [
        Stop.objects.create(
            **where, readers=one, part=part, why=why, authority=authority, begun_at=now, begun_by=person
        )
        for one in readers
        if one not in known
    ]
    for stop in made:
        _record_stop(person, "stop_place", stop, now, ["readers", "part", "why"])
    _renew_sites(made)
    return made


@transaction.atomic
def start_again(*, person: Person, stop: Stop, now: datetime.datetime) -> list[Stop]:
    """Everything that this authority stopped in this place is back, as it was."""
    lock(stop.place)
    stop = lock(stop, *Stop.PLACES)
    allow(rules.can_start_again, person, stop, now=now)
    here = Stop.objects.open().filter(authority=stop.authority, **{kind_of(stop.place): stop.place})
    ended = list(here.order_by("id"))
    here.update(ended_at=now, ended_by=person)
    for one in ended:
        _record_stop(person, "start_again", one, now, ["ended_at"])
    _renew_sites(ended)
    return ended


def _record_stop(person, verb, stop, now, fields):
    where = {"place_id": stop.place_id, "chain": stops.city_of(stop.place).pk, "role": stop.authority}
    record(person_id=person.pk, verb=verb, subject=stop, now=now, fields=fields, **where)


def _renew_sites(changed):
    for stop in changed:
        if stop.readers == Stop.Readers.PUBLIC and not stop.classroom_id:
            schools = School.objects.filter(pk=stop.school_id) if stop.school_id else stop.city.schools.all()
            raise_generations(place_ids=list(schools.values_list("pk", flat=True)))
