"""Which schools an announcement is for, and the audiences it reaches: a few rows, whatever the number of families."""

import datetime
from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet

from preau.ent.announcements.models import Announcement, AnnouncementTarget, Readers
from preau.kit.dates import school_year_label
from preau.kit.rows import in_any
from preau.people.models import SCHOOL_ROLES, Mandate, Person
from preau.people.queries.grounds import PATHS
from preau.places.models import City, Classroom, School, kind_of
from preau.places.queries import open_on
from preau.schools.models import Activity, ActivityEnrolment, Enrolment
from preau.spaces import audiences

TO_FAMILIES, TO_ADULTS = audiences.Readers.FAMILIES, audiences.Readers.ADULTS


OFFERED = ("name", "shown_name", "kind", "city", "district", "network__name")


def schools_of(place, today: datetime.date) -> QuerySet[School]:
    """The open schools of a city, a circonscription or a département, by name; or this one."""
    inside = School.objects.filter(open_on(today), **{PATHS["school"][kind_of(place)]: place.pk})
    return inside.order_by("city__name", "sort_key", "id")


def schools_offered(place, today: datetime.date) -> QuerySet[School]:
    """The same with their networks, read by what a box to tick says and what an action asks of the one ticked: a
    département has hundreds."""
    return schools_of(place, today).select_related("network").only(*OFFERED)


def services_of(place: City, kind: str, schools: Iterable[School], today: datetime.date) -> list[Activity]:
    """The services of a kind for these schools of a city, for all when none is named: those of the sites that stand in
    them and, for a school where none stands, of the sites that receive its children. Two queries at most."""
    rendered = Activity.objects.filter(kind=kind, afterschool__city=place).select_related("afterschool").order_by("id")
    schools = list(schools)
    if not schools:
        return list(rendered)
    found = list(rendered.filter(afterschool__school__in=schools))
    alone = {school.pk for school in schools} - {each.afterschool.school_id for each in found}
    if alone:
        pupils = Enrolment.objects.current(today).filter(school__in=alone).values("pupil")
        received = ActivityEnrolment.objects.current(today).filter(child__in=pupils)
        found += rendered.filter(pk__in=received.values("activity")).exclude(pk__in=[each.pk for each in found])
    return found


def schools_ticked(announcement: Announcement, today: datetime.date) -> set:
    """Ids of the schools by which it was addressed: of a service, those where its sites stand, or send children."""
    targets = announcement.targets.select_related("activity__afterschool")
    if not announcement.service:
        return {target.school_id for target in targets if target.school_id}
    sites = [(target.activity_id, target.activity.afterschool.school_id) for target in targets]
    served = ActivityEnrolment.objects.current(today).filter(activity__in=[pk for pk, school in sites if not school])
    pupils = Enrolment.objects.current(today).filter(pupil__in=served.values("child"))
    return {school for _, school in sites if school} | set(pupils.values_list("school", flat=True))


def kinds_of_services(place) -> list[str]:
    """The kinds of service that the sites of a city render, as the year of a child goes; none elsewhere. One query."""
    if not isinstance(place, City):
        return []
    rendered = set(Activity.objects.filter(afterschool__city=place).values_list("kind", flat=True))
    return [kind for kind in Activity.Kind.values if kind in rendered]


def put_down(announcement: Announcement, day: datetime.date) -> QuerySet[ActivityEnrolment]:
    """Of one for a service: the children who are put down that day for those it is for."""
    return ActivityEnrolment.objects.current(day).filter(activity__announcement_targets__announcement=announcement)


def schools_reached(announcement: Announcement, today: datetime.date) -> QuerySet[School]:
    """Those it is for; of a service, those of its children."""
    if announcement.service:
        pupils = Enrolment.objects.current(today).filter(pupil__in=put_down(announcement, today).values("child"))
        inside = Q(pk__in=pupils.values("school"))
    else:
        places = [(PATHS["school"][each.place_kind], each.place_id) for each in announcement.targets.all()]
        inside = Q(*places, _connector=Q.OR) or Q(pk__in=())
    return School.objects.filter(open_on(today)).filter(inside).order_by("city__name", "sort_key", "id")


def is_targeted(schools) -> Q:
    """Of an announcement, that it is for one of these schools (a subquery of them)."""
    targets = AnnouncementTarget.objects
    here = Q(school__in=schools.values("pk")) | Q(city__in=schools.values("city"))
    here |= Q(district__in=schools.values("district")) | Q(department__in=schools.values("city__department"))
    return Q(pk__in=targets.filter(here).values("announcement"))


def is_for_services_of(children, today: datetime.date) -> Q:
    """Of an announcement, that it is for a service that one of these children (ids, or a subquery of them) is put down
    for."""
    served = ActivityEnrolment.objects.current(today).filter(child__in=children).values("activity")
    return Q(pk__in=AnnouncementTarget.objects.filter(activity__in=served).values("announcement"))


def is_for_children(children: Iterable, today: datetime.date) -> Exists:
    """Of an announcement, that it is for the school where one of these children is, or a service that one is put down
    for."""
    here = Enrolment.objects.current(today).filter(_at_target("school"), pupil__in=children)
    served = ActivityEnrolment.objects.current(today).filter(child__in=children, activity=OuterRef("activity"))
    own = AnnouncementTarget.objects.filter(announcement=OuterRef("pk"))
    return Exists(own.filter(Exists(here) | Exists(served)))


def _at_target(school):
    """Of rows from which `school` leads to a school, that the target asked of names it, or where it lies."""
    return Q(*((f"{school}__{path}", OuterRef(kind)) for kind, path in PATHS["school"].items()), _connector=Q.OR)


def is_for_sites(site_ids: Iterable) -> Q:
    """Of an announcement, that it is for a service of one of these périscolaire sites."""
    theirs = AnnouncementTarget.objects.filter(activity__afterschool__in=site_ids)
    return Q(pk__in=theirs.values("announcement"))


def is_around_sites(site_ids: Iterable, today: datetime.date) -> Q:
    """Of an announcement, that a city says it to the families of the school where one of these périscolaire sites
    stands, of those whose children it receives, or of all its schools."""
    received = ActivityEnrolment.objects.current(today).filter(activity__afterschool__in=site_ids)
    pupils = Enrolment.objects.current(today).filter(pupil__in=received.values("child"))
    ways = (
        ("school__afterschools__in", site_ids),
        ("city__afterschools__in", site_ids),
        ("school__in", pupils.values("school")),
    )
    here = in_any("pk", *(AnnouncementTarget.objects.filter(way).values("announcement") for way in ways))
    return here & Q(proposed_at=None, joined_to=None, service="") & ~Q(readers=Readers.TEAMS)


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
