"""Which schools an announcement is for, and the audiences it reaches: a few rows, whatever the number of families."""

import datetime
from collections.abc import Iterable

from django.db.models import Q, QuerySet

from preau.ent.announcements.models import Announcement, AnnouncementTarget, Readers
from preau.kit.dates import school_year_label
from preau.people.models import SCHOOL_ROLES, Mandate, Person
from preau.people.queries.grounds import PATHS
from preau.places.models import Classroom, School, kind_of
from preau.places.queries import open_on
from preau.spaces import audiences

TO_FAMILIES, TO_ADULTS = audiences.Readers.FAMILIES, audiences.Readers.ADULTS


def schools_of(place, today: datetime.date) -> QuerySet[School]:
    """The open schools of a city, a circonscription or a département, by name; or this one."""
    inside = School.objects.filter(open_on(today), **{PATHS["school"][kind_of(place)]: place.pk})
    return inside.select_related("city", "network").order_by("city__name", "sort_key", "id")


def schools_reached(announcement: Announcement, today: datetime.date) -> QuerySet[School]:
    """Those it is for."""
    inside = Q(pk__in=())
    for target in announcement.targets.all():
        inside |= Q(**{PATHS["school"][target.place_kind]: target.place_id})
    return School.objects.filter(open_on(today)).filter(inside).order_by("city__name", "sort_key", "id")


def is_targeted(schools) -> Q:
    """Of an announcement, that it is for one of these schools (a subquery of them)."""
    targets = AnnouncementTarget.objects
    here = Q(school__in=schools.values("pk")) | Q(city__in=schools.values("city"))
    here |= Q(district__in=schools.values("district")) | Q(department__in=schools.values("city__department"))
    return Q(pk__in=targets.filter(here).values("announcement"))


def classrooms_reached(schools: QuerySet[School], levels: Iterable[str], today: datetime.date) -> list[Classroom]:
    """The classes of the year that hold one of these levels; one of several levels is told whole. One query."""
    wanted = set(levels)
    rooms = Classroom.objects.filter(school__in=schools, school_year=school_year_label(today)).order_by("id")
    return [room for room in rooms.only("id", "levels", "school_id") if wanted & set(room.levels)]


def reached_by(announcement: Announcement, today: datetime.date) -> list[str]:
    """Its audience keys: of its places for families, of each school for teams, as a city's own agents are in the
    audience of the city; of each class where levels are chosen. Two queries."""
    readers, schools = Readers(announcement.readers), schools_reached(announcement, today)
    said = [TO_FAMILIES] * readers.has_families + [TO_ADULTS] * readers.has_teams
    if announcement.levels:
        rooms = classrooms_reached(schools, announcement.levels, today)
        return [key for room in rooms for key in audiences.keys(room, said)]
    found = []
    if readers.has_families:
        targets = announcement.targets.all()
        found = [audiences.key_of(target.place_kind, TO_FAMILIES, target.place_id) for target in targets]
    if readers.has_teams:
        ids = schools.values_list("pk", flat=True)
        found += [audiences.key_of(audiences.SCHOOL, TO_ADULTS, pk) for pk in ids]
    return found


def adults_named(schools: QuerySet[School], today: datetime.date) -> set[str]:
    """The last names of who serves in these schools; one query."""
    held = Mandate.objects.current(today).filter(role__in=SCHOOL_ROLES)
    held = held.filter(Q(school__in=schools) | Q(classroom__school__in=schools))
    names = Person.objects.filter(pk__in=held.values("person")).values_list("last_name", "usage_name")
    return {name for pair in names for name in pair if name}
