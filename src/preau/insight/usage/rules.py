"""Who reads the use of what: the city its own, a head their school's, the State its schools'. Nobody reads names."""

from datetime import date

from django.db.models import Q

from preau.insight.usage.models import WeekUse
from preau.kit.answers import Answer, No, Yes
from preau.people.models import CITY_ROLES, STATE_ROLES, Person, Role
from preau.people.queries import current_mandates
from preau.places.models import School

WEEKS_TOLD = 8  # two months of classes: what a page tells of a school


def schools_visible_to(person: Person, today: date):
    """The schools whose use the person may read."""
    wanted = Q(pk__in=[])
    for mandate in current_mandates(person, today):
        if mandate.role in CITY_ROLES and mandate.city_id:
            wanted |= Q(city=mandate.city_id)
        elif mandate.role == Role.SCHOOL_HEAD and mandate.school_id:
            wanted |= Q(pk=mandate.school_id)
        elif mandate.role in STATE_ROLES and mandate.district_id:
            wanted |= Q(district=mandate.district_id)
        elif mandate.role in STATE_ROLES and mandate.department_id:
            wanted |= Q(city__department=mandate.department_id)
    return School.objects.filter(wanted)


def cities_visible_to(person: Person, today: date) -> set:
    """Ids of the cities whose whole use the person may read."""
    return {m.city_id for m in current_mandates(person, today) if m.role in CITY_ROLES and m.city_id}


def uses_visible_to(person: Person, today: date):
    """Cells of the visible schools, and of the whole city for its own people."""
    return WeekUse.objects.filter(
        Q(school__in=schools_visible_to(person, today)) | Q(school=None, city__in=cities_visible_to(person, today))
    )


def last_weeks_read_by(person: Person, school: School, today: date):
    """The whole use of a school in its last weeks, the last first; none when it is not the person's to read."""
    weeks = uses_visible_to(person, today).filter(school=school, profile="", service="")
    return weeks.order_by("-week")[:WEEKS_TOLD]


def can_view_use(person: Person, today: date) -> Answer:
    roles = {mandate.role for mandate in current_mandates(person, today)}
    if roles & {Role.SCHOOL_HEAD, *CITY_ROLES, *STATE_ROLES}:
        return Yes()
    return No("L’usage se lit par la direction de l’école, la Ville et l’Éducation nationale.")
