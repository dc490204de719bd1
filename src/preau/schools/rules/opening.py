"""Who says that the papers of a school are signed, and who reads it."""

import datetime

from django.db.models import QuerySet

from preau.kit.answers import Answer, No, Yes
from preau.people.models import Person, Role
from preau.people.queries import holds
from preau.people.queries.grounds import Grounds
from preau.places.models import City, School

CITY_SERVICE = Grounds("city", city=(Role.CITY_EDUCATION,))
SCHOOL_SERVICE = Grounds("school", city=(Role.CITY_EDUCATION,))
OPERATOR_ALONE = No("Seule la personne qui tient la base enregistre que les papiers sont signés.")


def cities_prepared_by(person: Person, today: datetime.date) -> QuerySet[City]:
    """Cities whose papers the person prints: for who keeps the base all, for the Education service its own."""
    if holds(person, Role.OPERATOR, today=today):
        return City.objects.all()
    return City.objects.filter(CITY_SERVICE.where(person, today))


def schools_prepared_by(person: Person, today: datetime.date) -> QuerySet[School]:
    """The schools of the cities whose Education service one is of."""
    return School.objects.filter(SCHOOL_SERVICE.where(person, today))


def can_prepare(person: Person, today: datetime.date) -> Answer:
    """Whoever prepares the opening of one city at least."""
    if holds(person, Role.OPERATOR, Role.CITY_EDUCATION, today=today):
        return Yes()
    return No("Ces papiers se préparent entre la Ville et la personne qui tient la base.")


def can_record(person: Person, today: datetime.date) -> Answer:
    """The operator."""
    return Yes() if holds(person, Role.OPERATOR, today=today) else OPERATOR_ALONE


def can_open_to_families(person: Person, school: School, today: datetime.date) -> Answer:
    """The operator, of a school whose last day is not past; one that opens later may be prepared."""
    if not (records := can_record(person, today)):
        return records
    if school.closed_on and school.closed_on < today:
        return No("Cette école est fermée.")
    return Yes()
