"""Named reads: a week of what is to be done, the next day on homes, what a calendar program is given."""

import datetime
import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery

from preau.ent.homework.models import Assignment, AssignmentFile, Done, DueDay, Kind
from preau.kit.rooms.told import lines, parted, word_of
from preau.people.models import Person
from preau.places.models import Classroom
from preau.places.queries import Break
from preau.spaces import audiences
from preau.spaces.models import Publication, Reach
from preau.spaces.naming import ChildTag

HOMEWORK, DONE = "homework", "homework_done"  # kinds of lines
DAY, WEEK, AT_HOME = (datetime.timedelta(days=count) for count in (1, 7, 4))  # Friday evening tells Monday
YEARS = datetime.timedelta(days=550)  # how far an address may lead
ORDER = list(Kind)


@dataclass(frozen=True)
class Week:
    """From a Monday to a Sunday, both included."""

    first: datetime.date

    @property
    def last(self) -> datetime.date:
        return self.first + WEEK - DAY

    @property
    def before(self) -> datetime.date:
        return self.first - WEEK

    @property
    def after(self) -> datetime.date:
        return self.first + WEEK


def week_of(day: datetime.date) -> Week:
    """The week of this day."""
    return Week(day - datetime.timedelta(days=day.weekday()))


def week_asked(text: str, today: datetime.date) -> Week | None:
    """The week of `?semaine=2026-11-30`, None when it asks for none."""
    try:
        day = datetime.date.fromisoformat(text)
    except ValueError:
        return None
    return week_of(day) if abs(day - today) <= YEARS else None


@dataclass(frozen=True)
class Work:
    """What is to be done, as its reader sees it: the children of the guardian it is for, those who say it is done; for
    who writes there, the pupils it is for when it is not for all, and how many files it has; for others, these."""

    due_day: DueDay
    tags: tuple[ChildTag, ...] = ()
    done_tags: tuple[ChildTag, ...] = ()
    is_done: bool = False
    pupils: tuple[Person, ...] = ()
    files: tuple[AssignmentFile, ...] = ()
    files_count: int = 0

    @property
    def assignment(self) -> Assignment:
        return self.due_day.assignment


@dataclass
class Day:
    """A day of a week; `off`: the holidays or the public holiday it lies in."""

    date: datetime.date
    works: list[Work] = field(default_factory=list)
    off: Break | None = None
    is_today: bool = False
    is_tomorrow: bool = False
    is_past: bool = False


def with_assignment(days: QuerySet[DueDay]) -> QuerySet[DueDay]:
    """Days with their assignment, where it was said and who said it."""
    said = ("author", "classroom__school", "group__school")
    return days.select_related(*(f"assignment__publication__{path}" for path in said))


def works_of(
    days: QuerySet[DueDay],
    person: Person,
    memberships: Iterable[audiences.Membership],
    done: QuerySet[Done] | None,
    *,
    tags: Mapping | None = None,
    names_pupils: bool = False,
) -> list[Work]:
    """Of these days, already visible, what is to be done, the first day first; four queries at most. `tags`: those of
    the reader's children; `done`: what they may read of it, None for nothing."""
    joined = _ready().filter(assignment=OuterRef("assignment")).order_by().values("assignment")
    joined = Subquery(joined.annotate(n=Count("pk")).values("n"))
    days = days.select_related("assignment__publication__group").annotate(files_count=joined)
    found = list(days.order_by("day", "id"))
    if not found:
        return []
    child_of = {}
    for membership in memberships:
        child_of.setdefault(membership.audience, []).append(membership.child_id)
    known, pupils = {}, {}
    for reach in _reaches(found, child_of if tags else (), names_pupils):
        known.setdefault(reach.publication_id, []).extend(child_of.get(reach.audience, ()))
        if names_pupils and reach.child_id:
            pupils.setdefault(reach.publication_id, {})[reach.child_id] = reach.child
    said = set() if done is None else set(done.filter(due_day__in=found).values_list("due_day", "pupil"))
    files = {} if names_pupils else _files_of({day.assignment_id for day in found if day.files_count})
    works = [_work(day, person, known, pupils, said, tags or {}, files) for day in found]
    ranks = {child_id: rank for rank, child_id in enumerate(tags or {})}
    return sorted(works, key=lambda work: _order(work, ranks))


def _reaches(days, audiences_of, names_pupils):
    if not (audiences_of or names_pupils):
        return ()
    which = Q(audience__in=list(audiences_of)) | (Q(child__isnull=False) if names_pupils else Q())
    reaches = Reach.objects.filter(which, publication__in={day.assignment.publication_id for day in days})
    return reaches.select_related("child").order_by("child__sort_key", "id") if names_pupils else reaches


def _work(day, person, known, pupils, said, tags, files):
    key = day.assignment.publication_id
    mine = tuple(tag for child_id, tag in tags.items() if child_id in known.get(key, ()))
    done_tags = tuple(tag for tag in mine if (day.pk, tag.child_id) in said)
    named, joined = tuple(pupils.get(key, {}).values()), tuple(files.get(day.assignment_id, ()))
    return Work(day, mine, done_tags, (day.pk, person.pk) in said, named, joined, day.files_count or 0)


def _ready():
    return AssignmentFile.objects.filter(ready_at__isnull=False)


def _files_of(assignments):
    """{assignment id: its files that may be read}; no query for none."""
    files = defaultdict(list)
    for file in _ready().filter(assignment__in=assignments).order_by("id") if assignments else ():
        files[file.assignment_id].append(file)
    return files


def files_of(assignment: Assignment) -> list[AssignmentFile]:
    """Those that may be read."""
    return _files_of({assignment.pk})[assignment.pk]


def _order(work, ranks):
    """Brothers and sisters one after the other, in a day."""
    child = min((ranks[tag.child_id] for tag in work.tags), default=0)
    return work.due_day.day, child, ORDER.index(work.assignment.kind)


def days_of(works: Iterable[Work], today: datetime.date) -> list[Day]:
    """The days that hold something, in order."""
    days = {}
    for work in works:
        days.setdefault(work.due_day.day, day_on(work.due_day.day, today)).works.append(work)
    return list(days.values())


def day_on(date: datetime.date, today: datetime.date) -> Day:
    """A day with nothing yet."""
    return Day(date, is_today=date == today, is_tomorrow=date == today + DAY, is_past=date < today)


def pupils_of(place, today: datetime.date) -> QuerySet[Person]:
    """The pupils of a class or a group that day, by name."""
    path = "enrolments" if isinstance(place, Classroom) else "group_memberships"
    current = Q(**{f"{path}__starts_on__lte": today}) & (
        Q(**{f"{path}__ends_on": None}) | Q(**{f"{path}__ends_on__gte": today})
    )
    where = "classroom" if isinstance(place, Classroom) else "group"
    return Person.objects.filter(current, **{f"{path}__{where}": place}).distinct().order_by("sort_key", "id")


@dataclass(frozen=True)
class ToldWork:
    """As much of it as a home says."""

    kind: str
    text: str
    tags: tuple[ChildTag, ...] = ()
    where: str = ""  # the class, for who teaches in several
    due_day_id: object = None
    is_done: bool = False

    @property
    def label(self) -> str:
        return Kind(self.kind).label


@dataclass(frozen=True)
class NextDay:
    """The first day to come for which something is to be done, and what."""

    day: datetime.date
    is_tomorrow: bool
    works: list[ToldWork]


def _soon(days, today):
    return days.filter(day__gt=today, day__lte=today + AT_HOME, cancelled_at=None)


def team_lines(days: QuerySet[DueDay], today: datetime.date):
    """Of the days of the classes where one teaches, as lines of a home that asks several things at once."""
    return _lines(_soon(days, today), more="assignment__publication__classroom__name")


def family_lines(reached: Iterable, places: Iterable, today: datetime.date):
    """The same of what reaches these audiences, in these places; a line for each audience."""
    return _lines(_soon(_reaching(reached, places), today), more="reached")


def pupil_lines(reached: Iterable, places: Iterable, pupil: Person, today: datetime.date):
    """The same, of a pupil, with what they said of each."""
    said = Exists(Done.objects.filter(due_day=OuterRef("pk"), pupil=pupil))
    return _lines(_soon(_reaching(reached, places), today), more="", kind=word_of(said, DONE, HOMEWORK))


def _reaching(reached, places):
    audience = F("assignment__publication__reaches__audience")
    return DueDay.objects.annotate(reached=audience).filter(
        reached__in=list(reached),
        space_id__in=list(places),
        assignment__publication__state=Publication.State.PUBLISHED,
    )


def _lines(days, more, kind=HOMEWORK):
    return lines(days, kind, name="assignment__text", detail="assignment__kind", more=more, day="day")


def read_lines(rows, today: datetime.date, memberships=(), tags: Mapping | None = None) -> tuple[NextDay | None, list]:
    """Such lines among others: (the first day, with the tags of the children it is for; the others)."""
    mine, others = parted(rows, HOMEWORK, DONE)
    if not mine:
        return None, others
    first, found = min(line.day for line in mine), {}
    for line in (each for each in mine if each.day == first):
        found.setdefault(line.target, (line, set()))[1].add(line.more)
    works = []
    for line, reached in found.values():
        children = {m.child_id for m in memberships if m.audience in reached}
        mine_tags = tuple(tag for child_id, tag in (tags or {}).items() if child_id in children)
        where = "" if memberships else line.more
        works.append(ToldWork(line.detail, line.name, mine_tags, where, line.target, line.kind == DONE))
    if len({work.where for work in works}) == 1:
        works = [replace(work, where="") for work in works]
    works.sort(key=lambda work: ORDER.index(work.kind))
    return NextDay(first, first == today + DAY, works), others


def tomorrow_first(days: list[Day]) -> list[Day]:
    """The first day to come, then today, then the others."""
    near = [day for day in days if not day.is_today][:1] + [day for day in days if day.is_today]
    return near + [day for day in days if day not in near]


def with_place(assignments: QuerySet[Assignment]) -> QuerySet[Assignment]:
    """With all that rules and pages read of where it was said."""
    said = ("author", "classroom__school__city__department", "group__school__city__department")
    return assignments.select_related(*(f"publication__{path}" for path in said))


def asked_for(assignments: QuerySet[Assignment], text: str) -> Assignment | None:
    """The one of this id, as an address gives it."""
    try:
        return with_place(assignments).filter(pk=uuid.UUID(text)).first()
    except ValueError:
        return None


def pupils_named(assignment: Assignment) -> list[Person]:
    """The pupils it is for alone; none when it is for all."""
    reached = assignment.publication.reaches.filter(child__isnull=False)
    return list(Person.objects.filter(pk__in=reached.values("child")).order_by("sort_key", "id"))
