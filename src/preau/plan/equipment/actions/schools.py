"""A school closes: it leaves the denominator from the day after, its past stays."""

from datetime import date

from django.db import transaction

from preau.places import actions as places
from preau.plan.equipment.actions.writing import allow, raise_generation


@transaction.atomic
def close_school(*, person, school, last_day: date, now):
    """The city writes the last day of one of its schools. Raises Conflict."""
    allow(person=person, city=school.city, now=now)
    raise_generation(city=school.city)
    return places.close_school(person=person, school=school, last_day=last_day, now=now)


@transaction.atomic
def reopen_school(*, person, school, now):
    """Takes the closing back."""
    allow(person=person, city=school.city, now=now)
    raise_generation(city=school.city)
    return places.reopen_school(person=person, school=school, now=now)
