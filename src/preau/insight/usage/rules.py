"""Who reads the use of what: the city its own, a head their school's, the State its schools'. Nobody reads names."""

from datetime import date

from django.db.models import Q

from preau.insight.usage.models import WeekUse
from preau.kit.answers import Answer, No, Yes
from preau.people.models import CITY_ROLES, STATE_ROLES, Person, Role
from preau.people.queries import holds
from preau.people.queries.grounds import Grounds
from preau.places.models import School

# Who may, by the place where the role is held (people.queries.grounds).
READS = Grounds("school", city=CITY_ROLES, school=(Role.SCHOOL_HEAD,), district=STATE_ROLES, department=STATE_ROLES)
READS_WHOLE = Grounds("city", city=CITY_ROLES)

WEEKS_TOLD = 8  # two months of classes: what a page tells of a school


def schools_visible_to(person: Person, today: date):
    """The schools whose use the person may read."""
    return School.objects.filter(READS.where(person, today))


def cities_visible_to(person: Person, today: date) -> set:
    """Ids of the cities whose whole use the person may read."""
    return {city for _, city in READS_WHOLE.paths(person, today)}


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
    if holds(person, Role.SCHOOL_HEAD, *CITY_ROLES, *STATE_ROLES, today=today):
        return Yes()
    return No("L’usage se lit par la direction de l’école, la Ville et l’Éducation nationale.")
