"""The city's file: what it may name, what it would change, and the lines that a school answers for."""

import datetime
import hashlib
from dataclasses import dataclass, field
from typing import NamedTuple
from uuid import UUID

from django.db.models import CharField, Count, Exists, Min, OuterRef, QuerySet
from django.db.models.functions import Cast, TruncDate

from preau.ent.afterschool.models import ServiceFile, ServiceLine
from preau.ent.afterschool.reading import Known, school_key
from preau.kit.batches import Create, Update
from preau.kit.names import name_key
from preau.kit.rooms.told import lines as told
from preau.kit.rooms.told import parted
from preau.places.models import AfterSchool, City, School
from preau.schools.models import Activity, ActivityEnrolment, Enrolment

DAY = datetime.timedelta(days=1)
TO_MATCH = "services_to_match"


def known_of(city: City) -> Known:
    """What the city's file may name; three queries."""
    schools, sites, of_school = {}, {}, {}
    for school in School.objects.filter(city=city, closed_on=None):
        for key in {school_key(text) for text in (school.uai, school.name, str(school), school.full_name)} - {""}:
            schools.setdefault(key, []).append(school)
    for site in AfterSchool.objects.filter(city=city).order_by("sort_key", "pk"):
        sites[name_key(site.name)] = site
        of_school.setdefault(site.school_id, []).append(site)
    activities = Activity.objects.filter(afterschool__city=city).select_related("afterschool")
    return Known(schools, sites, of_school, {(one.afterschool_id, one.kind): one for one in activities})


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
    again = ServiceLine.objects.filter(
        school=OuterRef("school"),
        name_key=OuterRef("name_key"),
        activity=OuterRef("activity"),
        file__applied_at__gt=OuterRef("file__applied_at"),
        file__undone_at=None,
    )
    return lines.filter(child=None, set_aside_at=None).exclude(Exists(again))


@dataclass
class Plan:
    """What a file would change: the lines with the child found, and the writes."""

    lines: list[ServiceLine]
    found: dict = field(default_factory=dict)  # {line id: Person id, None: to match}
    aside: set = field(default_factory=set)  # ids of the lines that a school set aside in a former file
    decided: set = field(default_factory=set)  # ids of the lines that a school answered for in a former file
    writes: list = field(default_factory=list)
    left: set = field(default_factory=set)  # ids of the lines of a child already said for another period
    ended_count: int = 0

    @property
    def counts(self) -> dict:
        """{what: how many}, for the page and the batch."""
        made = sum(isinstance(write, Create) for write in self.writes)
        return {
            "made": made,
            "changed": len(self.writes) - made - self.ended_count,
            "ended": self.ended_count,
            "to_match": len(self.to_match),
        }

    @property
    def to_match(self) -> list[ServiceLine]:
        """Lines that only a school can say whose they are."""
        return [line for line in self.lines if self.found.get(line.pk) is None and line.pk not in self.aside]

    @property
    def fingerprint(self) -> str:
        """Of what would be done: what was read on the page is what is applied."""
        said = sorted(str((line.pk, self.found.get(line.pk), line.pk in self.aside)) for line in self.lines)
        return hashlib.sha256(repr((said, sorted(self.counts.items()))).encode()).hexdigest()[:32]


def plan_of(file: ServiceFile, today: datetime.date, *, complete: bool = False) -> Plan:
    """Matches each line anew, and compares with what is known; six queries. `complete`: who the file does not name
    any more, in the services it speaks of, ends yesterday."""
    lines = list(lines_of(file))
    plan, answers = Plan(lines), _answers(file)
    pupils = _pupils(lines, today)
    for line in lines:
        answer = answers.get(_key(line))
        if answer:
            plan.decided.add(line.pk)
            plan.found[line.pk] = answer.child_id
            if answer.set_aside_at:
                plan.aside.add(line.pk)
        else:
            plan.found[line.pk] = _match(line, pupils)
    _compare(plan, today, complete)
    return plan


def _key(line):
    return line.school_id, line.name_key, line.birth_date


def _answers(file):
    """{key of a line: the newest line that a school answered for} in the files of the city in force. Two children of
    one name, answered one by one, are asked again: the key does not tell them apart."""
    rows = ServiceLine.objects.filter(file__city=file.city_id, file__undone_at=None, decided_at__isnull=False)
    found, said = {}, {}
    for line in rows.order_by("decided_at", "pk"):
        found[_key(line)] = line
        said.setdefault((_key(line), line.file_id), set()).add(line.child_id)
    return {key: line for key, line in found.items() if len(said[key, line.file_id]) == 1}


def _pupils(lines, today):
    """{(school, key of a name): [(child, birth date)]}, by last name and by usage name."""
    rows = Enrolment.objects.current(today).filter(school__in={line.school_id for line in lines})
    found = {}
    for row in rows.select_related("pupil"):
        pupil = row.pupil
        for last in {pupil.last_name, pupil.usage_name} - {""}:
            key = row.school_id, name_key(f"{last} {pupil.first_name}")
            found.setdefault(key, {})[pupil.pk] = pupil.birth_date
    return found


def _match(line, pupils):
    """The one child of the school that bears this name and this birth date; None when there is none, or several."""
    known = pupils.get((line.school_id, line.name_key), {})
    if line.birth_date:
        known = {child: born for child, born in known.items() if born in (None, line.birth_date)}
    return next(iter(known)) if len(known) == 1 else None


def likely_children(lines: list[ServiceLine], today: datetime.date) -> dict:
    """{line id: id of the pupil it would be matched with by now}: pupils may have come after the file."""
    pupils = _pupils(lines, today)
    return {line.pk: _match(line, pupils) for line in lines}


def candidates_for(line: ServiceLine, today: datetime.date) -> QuerySet[Enrolment]:
    """Whom a head may say the line is: the pupils of the school."""
    rows = Enrolment.objects.current(today).filter(school=line.school_id)
    return rows.select_related("pupil", "classroom").order_by("pupil__sort_key", "pk")


def _compare(plan, today, complete):
    activities = {line.activity_id for line in plan.lines}
    rows = list(ActivityEnrolment.objects.filter(activity__in=activities).order_by("starts_on", "pk"))
    known, named = {}, {}
    for row in rows:
        known.setdefault((row.activity_id, row.child_id), []).append(row)
    for line in plan.lines:
        child = plan.found.get(line.pk)
        if child is None or line.pk in plan.aside:
            continue
        named.setdefault((line.activity_id, child), []).append(line)
    for key, told_of in named.items():
        said = _as_one(told_of)
        plan.left |= {line.pk for line in told_of if (line.starts_on, line.ends_on) != (said.starts_on, said.ends_on)}
        plan.writes += _writes(said, key[1], known.get(key, []), today)
    if complete:
        for row in rows:
            if (row.activity_id, row.child_id) not in named and row.starts_on < today and _lasts(row, today):
                plan.writes.append(Update(row, {"ends_on": today - DAY}))
                plan.ended_count += 1


class Said(NamedTuple):
    """What the file says of a child in a service, in one line or several."""

    activity_id: UUID
    days: str
    starts_on: datetime.date | None
    ends_on: datetime.date | None
    fetched_by: str


def _as_one(lines):
    """Software that writes a line for each day: the days of all lines of the first one's period."""
    first = lines[0]
    lines = [line for line in lines if (line.starts_on, line.ends_on) == (first.starts_on, first.ends_on)]
    days = "".join(sorted({day for line in lines for day in line.days}))
    fetched_by = ", ".join(dict.fromkeys(line.fetched_by for line in lines if line.fetched_by))[:200]
    return Said(first.activity_id, days, first.starts_on, first.ends_on, fetched_by)


def _writes(line, child, rows, today):
    """What this line changes of what is known of the child in that service; `rows`, those that ended too: the base
    holds one from a day. A line without a start that is over by now changes nothing."""
    said = {"days": line.days, "fetched_by": line.fetched_by, "ends_on": line.ends_on}
    begun = [row.starts_on for row in rows if _lasts(row, today) and row.starts_on <= (line.ends_on or row.starts_on)]
    starts_on = line.starts_on or (begun[-1] if begun else today)
    if line.ends_on and line.ends_on < starts_on:
        return []
    same = next((row for row in rows if row.starts_on == starts_on), None)
    if same is not None:
        values = {name: value for name, value in said.items() if getattr(same, name) != value}
        return [Update(same, values)] if values else []
    ended = [
        Update(row, {"ends_on": starts_on - DAY})
        for row in rows
        if row.starts_on < starts_on and (row.ends_on is None or row.ends_on >= starts_on)
    ]
    return [
        *ended,
        Create(ActivityEnrolment(activity_id=line.activity_id, child_id=child, starts_on=starts_on, **said)),
    ]


def _lasts(row, today):
    return row.ends_on is None or row.ends_on >= today


def lines_of_name(line: ServiceLine) -> list[ServiceLine]:
    """This line and those of the same child in its file; itself alone when the file names twice in one service without
    a birth date: they may be two children."""
    waiting = ServiceLine.objects.filter(file=line.file_id, child=None, set_aside_at=None, school=line.school_id)
    found = list(waiting.filter(name_key=line.name_key, birth_date=line.birth_date).order_by("number"))
    return found if line.birth_date or len({one.activity_id for one in found}) == len(found) else [line]


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
