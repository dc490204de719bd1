"""Who reads and writes the plan's equipment (plan.md, permission matrix).

The city writes its own plan and no other; the State reads; an IEN reads the schools of the district, a school's team
its own school; elected members read whatever their side, a federation reads totals only.
"""

from django.db.models import Q

from preau.kit.answers import No, Yes
from preau.people.models import CITY_ROLES, Role
from preau.people.queries import current_mandates, schools_worked_in
from preau.places.models import City, School
from preau.plan.equipment.models import Acceptance

WRITERS = (Role.CITY_EDUCATION, Role.CITY_IT)
STATE_READERS = (Role.IA_DASEN, Role.IA_DASEN_DEPUTY, Role.DSDEN, Role.DAN)
DISTRICT_READERS = (Role.IEN, Role.PEDAGOGICAL_ADVISER, Role.ERUN)


def schools_visible_to(person, today):
    """Schools whose equipment the person may read, as a QuerySet."""
    wanted = Q(id__in=schools_worked_in(person, today)) if person else Q(pk=None)
    for mandate in current_mandates(person, today) if person else ():
        if mandate.role in CITY_ROLES and mandate.city_id:
            wanted |= Q(city=mandate.city_id)
        elif mandate.role in STATE_READERS and mandate.department_id:
            wanted |= Q(city__department=mandate.department_id)
        elif mandate.role in DISTRICT_READERS and mandate.district_id:
            wanted |= Q(district=mandate.district_id)
    return School.objects.filter(wanted)


def acceptances_visible_to(person, today):
    """Acceptances of the schools the person may read."""
    return Acceptance.objects.filter(school__in=schools_visible_to(person, today))


def cities_visible_to(person, today):
    """Cities whose plan's page the person may open: their own, or one with a school they may read as a whole."""
    return _cities(person, today, (*CITY_ROLES, Role.PARENTS_FEDERATION))


def kits_visible_in(person, today):
    """Cities whose standard kit the person may read: the same, but for a federation (plan.md, permission matrix)."""
    return _cities(person, today, CITY_ROLES)


def _cities(person, today, city_roles):
    wanted = Q(pk=None)
    for mandate in current_mandates(person, today) if person else ():
        if mandate.role in city_roles and mandate.city_id:
            wanted |= Q(id=mandate.city_id)
        elif mandate.role in STATE_READERS and mandate.department_id:
            wanted |= Q(department=mandate.department_id)
        elif mandate.role in DISTRICT_READERS and mandate.district_id:
            wanted |= Q(id__in=School.objects.filter(district=mandate.district_id).values("city"))
    return City.objects.filter(wanted)


def cities_steered_by(person, today):
    """Cities whose steering home the person may open: the city's own people, and the State's of the département."""
    wanted = Q(pk=None)
    for mandate in current_mandates(person, today) if person else ():
        if mandate.role in CITY_ROLES and mandate.city_id:
            wanted |= Q(id=mandate.city_id)
        elif mandate.role in STATE_READERS and mandate.department_id:
            wanted |= Q(department=mandate.department_id)
    return City.objects.filter(wanted)


def reads_totals_only(person, city, today) -> bool:
    """A parents' federation: totals and years, no school nor acceptance (plan.md, permission matrix)."""
    roles = {m.role for m in current_mandates(person, today) if m.city_id == city.pk}
    return roles == {Role.PARENTS_FEDERATION} and not schools_visible_to(person, today).filter(city=city).exists()


def reads_whole_city(person, city, today) -> bool:
    """Whether every school of the city is in the person's sight (a district reader sees a part)."""
    return any(
        (m.role in CITY_ROLES and m.city_id == city.pk)
        or (m.role in STATE_READERS and m.department_id == city.department_id)
        for m in current_mandates(person, today)
    )


def can_write_plan(person, city, today):
    """Record, remove, import, publish a kit, close a school: the city's Education or IT, for its own city."""
    if any(m.role in WRITERS and m.city_id == city.pk for m in current_mandates(person, today)):
        return Yes()
    return No("Seules la Direction Éducation et l’informatique des écoles de cette Ville écrivent son plan.")
