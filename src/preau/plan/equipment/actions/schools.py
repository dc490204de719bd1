"""A school opens, moves, closes. Closed, it leaves the denominator from the day after, its past stays."""

from datetime import date

from django.db import transaction

from preau.kit.answers import allow
from preau.places import actions as places
from preau.plan.equipment.actions.writing import raise_generation
from preau.plan.equipment.rules import can_write_plan
from preau.spaces.actions import raise_generation as renew_pages


@transaction.atomic
def close_school(*, person, school, last_day: date, now):
    """The city writes the last day of one of its schools. Raises Conflict."""
    allow(can_write_plan, person, school.city, now=now)
    raise_generation(city=school.city)
    return places.close_school(person=person, school=school, last_day=last_day, now=now)


@transaction.atomic
def reopen_school(*, person, school, now):
    """Takes the closing back."""
    allow(can_write_plan, person, school.city, now=now)
    raise_generation(city=school.city)
    return places.reopen_school(person=person, school=school, now=now)


@transaction.atomic
def write_opening(*, person, school, first_day: date | None, now):
    """The first day a school is open, None when it is not known. Raises Conflict."""
    allow(can_write_plan, person, school.city, now=now)
    raise_generation(city=school.city)
    return places.write_opening(person=person, school=school, first_day=first_day, now=now)


@transaction.atomic
def record_school_contact(*, person, school, source, now, **contact):
    """The address, telephone and e-mail of a school, as the city knows them; its public pages say the same."""
    allow(can_write_plan, person, school.city, now=now)
    raise_generation(city=school.city)
    renew_pages(place_id=school.pk)
    return places.edit_school_contact(person=person, school=school, source=source, now=now, **contact)
