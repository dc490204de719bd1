"""Who reads and writes ambitions: all who work for a city's schools read them, its Direction Éducation writes."""

from django.db.models import Q

from preau.kit.answers import No, Yes
from preau.people.models import Role
from preau.people.queries import current_mandates
from preau.places.models import City, School
from preau.plan.ambitions.models import Ambition


def cities_visible_to(person, today):
    """Cities whose ambitions the person may read: any mandate in the city, in one of its schools, or above it."""
    wanted = Q(pk=None)
    for mandate in current_mandates(person, today) if person else ():
        school = mandate.school or (mandate.classroom and mandate.classroom.school)
        if school or mandate.city_id:
            wanted |= Q(id=school.city_id if school else mandate.city_id)
        elif mandate.department_id:
            wanted |= Q(department=mandate.department_id)
        elif mandate.district_id:
            wanted |= Q(id__in=School.objects.filter(district=mandate.district_id).values("city"))
    return City.objects.filter(wanted)


def ambitions_visible_to(person, today):
    """Ambitions of those cities, as a QuerySet."""
    return Ambition.objects.filter(city__in=cities_visible_to(person, today))


def can_write_ambitions(person, city, today):
    """The Direction Éducation of this city."""
    if any(m.role == Role.CITY_EDUCATION and m.city_id == city.pk for m in current_mandates(person, today)):
        return Yes()
    return No("Seule la Direction Éducation de cette Ville écrit les ambitions de son plan.")
