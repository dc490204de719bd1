"""The city's file: what it may name, and the lines that a school answers for."""

import datetime

from django.db.models import CharField, Count, Exists, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Cast, Coalesce, TruncDate
from django.utils.timezone import localdate

from preau.ent.afterschool.models import ServiceFile, ServiceLine, ServiceWord
from preau.ent.afterschool.reading import SERVICES, Known
from preau.ent.afterschool.schools_named import BY_CHILD, Homonyms, school_key
from preau.kit.answers import Conflict
from preau.kit.names import name_key
from preau.kit.rooms.told import lines as told
from preau.kit.rooms.told import parted
from preau.kit.tables import Table
from preau.kit.tables.columns import NOT_READ
from preau.places.models import AfterSchool, City, School
from preau.schools.models import Activity, Enrolment

TO_MATCH = "services_to_match"
APPLIED = "Ce fichier est appliqué\u00a0: ses colonnes ne changent plus. Annulez-le, puis déposez-le à nouveau."
FORGOTTEN = "Les cases de ce fichier ne sont plus là\u00a0: déposez-le à nouveau."


def known_of(city: City) -> Known:
    """What the city's file may name, and its words; five queries at most."""
    schools, sites, of_school = {}, {}, {}
    every = list(School.objects.filter(city=city, closed_on=None).order_by("sort_key", "pk"))
    for school in every:
        for key in {school_key(text) for text in (school.uai, school.name, str(school), school.full_name)} - {""}:
            schools.setdefault(key, []).append(school)
    for site in AfterSchool.objects.filter(city=city).order_by("sort_key", "pk"):
        sites[name_key(site.name)] = site
        of_school.setdefault(site.school_id, []).append(site)
    activities = Activity.objects.filter(afterschool__city=city).select_related("afterschool")
    titles, services, said = {}, {key: (kind,) for key, kind in SERVICES.items()}, {}
    for word in ServiceWord.objects.filter(city=city):
        if word.kind == ServiceWord.Kind.TITLE:
            titles[word.word_key] = word.means
        elif word.kind == ServiceWord.Kind.SCHOOL:
            said[word.word_key] = word.means
        else:
            services[word.word_key] = kinds_of(word.means)
    rendered = {(one.afterschool_id, one.kind): one for one in activities}
    return Known(schools, sites, of_school, rendered, titles, services, homonyms_of(schools, said), every)


def homonyms_of(schools: dict, said: dict) -> Homonyms:
    """What tells apart the schools of one name, {key: schools}; a query when the child does."""
    asked = {school.pk for key, means in said.items() if means == BY_CHILD for school in schools.get(key, ())}
    pupils: dict = {}
    rows = Enrolment.objects.current(localdate()).filter(school__in=asked).select_related("pupil") if asked else ()
    for row in rows:
        for last in {row.pupil.last_name, row.pupil.usage_name} - {""}:
            key = name_key(f"{last} {row.pupil.first_name}")
            pupils.setdefault(key, set()).add((row.school_id, row.pupil.birth_date))
    return Homonyms(said, pupils)


def kinds_of(means: str) -> tuple:
    """« morning,evening » → both; none for what is not read."""
    return () if means == NOT_READ else tuple(map(Activity.Kind, means.split(",")))


def table_of(file: ServiceFile) -> Table:
    """The file as it was given, while it waits. Raises Conflict afterwards."""
    if not file.table:
        raise Conflict(APPLIED if file.applied_at else FORGOTTEN)
    return Table.from_json(file.file_name, file.table)


def files_of(files: QuerySet[ServiceFile], city: City) -> QuerySet[ServiceFile]:
    """Of a city, the newest first."""
    return files.filter(city=city).annotate(lines_count=Count("lines")).order_by("-received_at", "-pk")


def lines_of(file: ServiceFile) -> QuerySet[ServiceLine]:
    """As the file wrote them, in its order."""
    return file.lines.select_related("school", "activity__afterschool").order_by("number")


def to_match_count(file: ServiceFile) -> int:
    """Lines of a file applied that no school answered for yet."""
    return _waiting(file.lines).count()


def _waiting(lines):
    """Without an answer, and that no newer file in force says again: a city brings its file each week, and what it
    could not match once may be matched now."""
    return _said_last(lines.filter(child=None, set_aside_at=None))


def _said_last(lines):
    same = {name: OuterRef(name) for name in ("school", "name_key", "activity")}
    again = ServiceLine.objects.filter(file__applied_at__gt=OuterRef("file__applied_at"), file__undone_at=None, **same)
    return lines.exclude(Exists(again))


def with_unmatched(activities: QuerySet[Activity], day: datetime.date) -> QuerySet[Activity]:
    """Each with how many children the files in force put down for that day, whom no school matched yet."""
    applied = ServiceLine.objects.filter(activity=OuterRef("pk"), file__applied_at__isnull=False, file__undone_at=None)
    runs = Q(starts_on=None) | Q(starts_on__lte=day), Q(ends_on=None) | Q(ends_on__gte=day)
    rows = _waiting(applied.filter(*runs, days__contains=str(day.isoweekday()))).order_by().values("activity")
    number = rows.annotate(number=Count("name_key", distinct=True)).values("number")
    return activities.annotate(unmatched=Coalesce(Subquery(number), 0))


def candidates_in(school_id, today: datetime.date) -> QuerySet[Enrolment]:
    """Whom a head may say a line is: the pupils of the school."""
    rows = Enrolment.objects.current(today).filter(school=school_id)
    return rows.select_related("pupil", "classroom").order_by("pupil__sort_key", "pk")


def lines_of_name(line: ServiceLine) -> list[ServiceLine]:
    """This line and those of the same child in its file; itself alone when the file names twice in one service without
    a birth date: they may be two children."""
    waiting = ServiceLine.objects.filter(file=line.file_id, child=None, set_aside_at=None, school=line.school_id)
    found = list(waiting.filter(name_key=line.name_key, birth_date=line.birth_date).order_by("number"))
    return found if line.birth_date or len({one.activity_id for one in found}) == len(found) else [line]


def answered_alike(line: ServiceLine) -> tuple[list[ServiceLine], list[ServiceLine]]:
    """The lines of its name that have its answer, in the files in force: one answer, held from file to file. And those
    of another name, in these files and services, that were said to be the same child's."""
    said = ServiceLine.objects.filter(school=line.school_id, file__undone_at=None, decided_at__isnull=False)
    said = said.filter(child=line.child_id).order_by("decided_at", "number", "pk")
    found = list(said.filter(name_key=line.name_key, birth_date=line.birth_date))
    beside = said.filter(file__in={one.file_id for one in found}, activity__in={one.activity_id for one in found})
    return found, list(beside.filter(child__isnull=False).exclude(pk__in=[one.pk for one in found]))


def answers_in(lines: QuerySet[ServiceLine], school: School) -> list[list[ServiceLine]]:
    """What a head said of the lines of a school, the newest first: the lines of each answer."""
    rows = _said_last(lines.filter(school=school, decided_at__isnull=False))
    found: dict = {}
    for line in rows.select_related("child", "activity__afterschool").order_by("-decided_at", "name_key", "number"):
        found.setdefault((line.name_key, line.birth_date, line.child_id), []).append(line)
    return list(found.values())


def lines_to_match(lines: QuerySet[ServiceLine], school: School) -> QuerySet[ServiceLine]:
    """Those of a school that nobody answered for, by name."""
    return (
        _waiting(lines.filter(school=school))
        .select_related("activity__afterschool", "school")
        .order_by("name_key", "number", "pk")
    )


def head_line(lines: QuerySet[ServiceLine]) -> QuerySet:
    """How many wait in each school, as lines that a head's home reads with others' (kit/rooms/told.py)."""
    rows = _waiting(lines).order_by().values("school").annotate(number=Count("pk"), first=Min("file__applied_at"))
    return told(rows, TO_MATCH, name=Cast("number", CharField()), day=TruncDate("first"), target="school")


def read_head_line(rows, school: School) -> tuple[int, list[tuple]]:
    """Such lines among others: (how many of this school, the others)."""
    found, others = parted(rows, TO_MATCH)
    return sum(int(line.name) for line in found if line.target == school.pk), others
