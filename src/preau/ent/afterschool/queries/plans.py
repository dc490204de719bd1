"""What the city's file would change: each line matched with its pupil, its periods compared with what is known."""

import datetime
import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.utils.timezone import localdate

from preau.ent.afterschool.models import ServiceFile, ServiceLine
from preau.ent.afterschool.queries.files import lines_of
from preau.kit.batches import Create, Update
from preau.kit.names import name_key
from preau.kit.tables import TableProblem
from preau.schools.models import ActivityEnrolment, Enrolment

DAY = datetime.timedelta(days=1)
OVER_ANOTHER = (
    "cette période chevauche celle de la ligne {number}, du même enfant au même service. Corrigez les dates de l’une "
    "des deux."
)


@dataclass
class Plan:
    """What a file would change: the lines with the child found, and the writes."""

    lines: list[ServiceLine]
    found: dict = field(default_factory=dict)  # {line id: Person id, None: to match}
    aside: set = field(default_factory=set)  # ids of the lines that a school set aside in a former file
    decided: set = field(default_factory=set)  # ids of the lines that a school answered for in a former file
    writes: list = field(default_factory=list)
    problems: list = field(default_factory=list)  # of the lines whose period runs over another's of the file
    left: set = field(default_factory=set)  # their ids
    ended_count: int = 0
    joined_count: int = 0  # lines that say what another says: one child, one service, one period

    @property
    def counts(self) -> dict:
        """{what: how many}, for the page and the batch."""
        made = sum(isinstance(write, Create) for write in self.writes)
        changed = len(self.writes) - made - self.ended_count
        return {"made": made, "changed": changed, "ended": self.ended_count, "to_match": len(self.to_match)}

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
    rows = Enrolment.objects.current(today).filter(school__in={line.school_id for line in lines})
    rows = list(rows.select_related("pupil"))
    pupils, since = _by_name(rows), {row.pupil_id: row.starts_on for row in rows}
    for line in lines:
        answer, match = answers.get(_key(line)), _match(line, pupils)
        # A pupil who came since a head said « pas un élève d’ici » is one.
        if answer and not (answer.set_aside_at and match and since[match] >= localdate(answer.set_aside_at)):
            plan.decided.add(line.pk)
            plan.found[line.pk] = answer.child_id
            if answer.set_aside_at:
                plan.aside.add(line.pk)
        else:
            plan.found[line.pk] = match
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


def _by_name(enrolments):
    """{(school, key of a name): {child: birth date}}, by last name and by usage name."""
    found = {}
    for row in enrolments:
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


def likely_children(lines: list[ServiceLine], enrolments: Iterable[Enrolment]) -> dict:
    """{line id: id of the pupil it would be matched with by now}, among these: some may have come after the file."""
    pupils = _by_name(enrolments)
    return {line.pk: _match(line, pupils) for line in lines}


def _compare(plan, today, complete):
    activities = {line.activity_id for line in plan.lines}
    rows = list(ActivityEnrolment.objects.filter(activity__in=activities).order_by("starts_on", "pk"))
    known, named = {}, {}
    for row in rows:
        known.setdefault((row.activity_id, row.child_id), []).append(row)
    for line in plan.lines:
        if (child := plan.found.get(line.pk)) and line.pk not in plan.aside:
            named.setdefault((line.activity_id, child), []).append(line)
    for (activity, child), told_of in named.items():
        of_child = known.get((activity, child), [])
        periods, left = periods_of(told_of, lambda ends_on, rows=of_child: _opens_on(rows, ends_on, today))
        for line, number in left:
            plan.left.add(line.pk)
            reason = OVER_ANOTHER.format(number=number)
            plan.problems.append(TableProblem(line.file.file_name, line.number, "Du", reason))
        plan.joined_count += len(told_of) - len({(line.starts_on, line.ends_on) for line in told_of})
        plan.writes += _writes(activity, child, periods, of_child)
    unnamed = [row for row in rows if (row.activity_id, row.child_id) not in named] if complete else []
    ended = [row for row in unnamed if row.starts_on < today and _lasts(row, today)]
    plan.writes += [Update(row, {"ends_on": today - DAY}) for row in ended]
    plan.ended_count = len(ended)


@dataclass
class Period:
    """What the file says of a child in a service from a day to a day, in one line or several."""

    starts_on: datetime.date
    ends_on: datetime.date | None
    lines: list[ServiceLine]

    @property
    def is_dated(self) -> bool:
        """Its start is written."""
        return self.lines[0].starts_on is not None

    @property
    def said(self) -> dict:
        """What an enrolment holds of it. Software that writes a line for each day: the days of all its lines."""
        fetched_by = dict.fromkeys(line.fetched_by for line in self.lines if line.fetched_by)
        days = "".join(sorted({day for line in self.lines for day in line.days}))
        return {"days": days, "fetched_by": ", ".join(fetched_by)[:200], "ends_on": self.ends_on}


def periods_of(lines: list[ServiceLine], opens_on: Callable) -> tuple[list[Period], list[tuple[ServiceLine, int]]]:
    """(the periods of a child in a service, in order; each line that runs over another, and that one's number). A line
    without a start begins on `opens_on(its end)`, and changes nothing when it is over by then. Of two without an end,
    the second ends the first on its eve."""
    told, kept, left = {}, [], []
    for line in lines:
        told.setdefault((line.starts_on, line.ends_on), []).append(line)
    periods = [Period(start or opens_on(end), end, lines) for (start, end), lines in told.items()]
    for period in sorted(periods, key=lambda one: (one.starts_on, not one.is_dated, one.lines[0].number)):
        before = kept[-1] if kept else None
        if period.ends_on and period.ends_on < period.starts_on:
            continue
        if before and (before.ends_on is None or before.ends_on >= period.starts_on):
            follows = period.is_dated and before.starts_on < period.starts_on
            if not follows or before.ends_on or period.ends_on:
                left += [(line, before.lines[0].number) for line in period.lines]
                continue
            before.ends_on = period.starts_on - DAY
        kept.append(period)
    return kept, left


def _opens_on(rows, ends_on, today):
    """When what is known of the child in that service began, else today."""
    begun = [row.starts_on for row in rows if _lasts(row, today) and row.starts_on <= (ends_on or row.starts_on)]
    return ([day for day in begun if day <= today] or begun or [today])[-1]


def _writes(activity, child, periods, rows):
    """What these periods change of what is known of the child in that service; `rows`, those that ended too: the base
    holds one from a day."""
    held = {row.pk: {name: getattr(row, name) for name in ("days", "fetched_by", "ends_on")} for row in rows}
    new = []
    for period in periods:
        same = next((row for row in rows if row.starts_on == period.starts_on), None)
        if same is not None:
            held[same.pk] |= period.said
            continue
        for row in rows:
            ends_on = held[row.pk]["ends_on"]
            if row.starts_on < period.starts_on and (ends_on is None or ends_on >= period.starts_on):
                held[row.pk]["ends_on"] = period.starts_on - DAY
        row = ActivityEnrolment(activity_id=activity, child_id=child, starts_on=period.starts_on, **period.said)
        new.append(Create(row))
    changed = [(row, {name: v for name, v in held[row.pk].items() if getattr(row, name) != v}) for row in rows]
    return [Update(row, values) for row, values in changed if values] + new


def _lasts(row, today):
    return row.ends_on is None or row.ends_on >= today
