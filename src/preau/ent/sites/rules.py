"""Who may change what a school and a city publish of themselves. Reading is for everyone."""

import datetime

from django.db.models import QuerySet

from preau.kit.answers import Answer, No, Yes
from preau.people.models import CITY_ROLES, Person, Role
from preau.people.queries import holds, places_held, schools_worked_in
from preau.places.models import City, School


def site_schools_visible_to(person: Person, today: datetime.date) -> QuerySet[School]:
    """Schools whose site settings the person may know of: those they work in."""
    return School.objects.filter(pk__in=schools_worked_in(person, today)).select_related("city__department")


def can_edit_school_site(person: Person, school: School, today: datetime.date) -> Answer:
    """Hours, contact and urgent message: the head of that school alone."""
    if holds(person, Role.SCHOOL_HEAD, today=today, place=school):
        return Yes()
    return No("Seule la direction de l’école change ses horaires, ses coordonnées et le message urgent.")


def site_cities_visible_to(person: Person, today: datetime.date) -> QuerySet[City]:
    """Cities whose legal words the person may know of: those they serve."""
    return City.objects.filter(pk__in=places_held(person, *CITY_ROLES, today=today)).select_related("department")


def can_edit_city_site(person: Person, city: City, today: datetime.date) -> Answer:
    """Legal words and the accessibility audit: the city's education service."""
    if holds(person, Role.CITY_EDUCATION, today=today, place=city):
        return Yes()
    return No("Seule la Direction Éducation de la Ville change ces mentions.")
