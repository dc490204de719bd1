"""Who reads the hours of what: a city's, whoever steers it; a school's, its team, its city, the State there."""

from datetime import date

from preau.people.models import CITY_ROLES, SCHOOL_ROLES, STATE_ROLES, Person
from preau.people.queries.grounds import Grounds
from preau.places.models import School
from preau.plan.equipment.rules import STATE_READERS, cities_steered_by

__all__ = ["STATE_READERS", "cities_steered_by", "reads_hours", "schools_with_hours_for"]

# Who may, by the place where the role is held (people.queries.grounds).
READS = Grounds("school", city=CITY_ROLES, school=SCHOOL_ROLES, district=STATE_ROLES, department=STATE_ROLES)


def reads_hours(person: Person, school: School, today: date) -> bool:
    """Whether the school's hours are the person's to read, in its story."""
    return READS.covers(person, school, today)


def schools_with_hours_for(person: Person, today: date):
    """Those schools."""
    return School.objects.filter(READS.where(person, today))
