"""Who reads and writes ambitions: all who work for a city's schools read them, its Direction Éducation writes."""

from preau.kit.answers import No, Yes
from preau.people.models import Role
from preau.people.queries.grounds import Grounds
from preau.places.models import City
from preau.plan.ambitions.models import Ambition

ANYONE = tuple(Role)

# Who may, by the place where the role is held (people.queries.grounds).
READS = Grounds("city", school=ANYONE, city=ANYONE, department=ANYONE, district=ANYONE)
WRITES = Grounds("city", city=(Role.CITY_EDUCATION,))


def cities_visible_to(person, today):
    """Cities whose ambitions the person may read: any mandate in the city, in one of its schools, or above it."""
    return City.objects.filter(READS.where(person, today))


def ambitions_visible_to(person, today):
    """Ambitions of those cities, as a QuerySet."""
    return Ambition.objects.filter(city__in=cities_visible_to(person, today))


def can_write_ambitions(person, city, today):
    """The Direction Éducation of this city."""
    if WRITES.covers(person, city, today):
        return Yes()
    return No("Seule la Direction Éducation de cette Ville écrit les ambitions de son plan.")
