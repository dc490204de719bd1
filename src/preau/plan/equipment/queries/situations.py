"""Where the plan stands on a day, derived from acceptances, class counts and expenses. Nothing is stored."""

from collections import defaultdict
from datetime import date
from functools import partial
from typing import NamedTuple

from django.db.models import OuterRef, Q, Subquery, Sum

from preau.kit.prepared import PreparedOf
from preau.people.prepared import PreparedFor
from preau.places.models import School
from preau.plan.equipment.models import (
    Acceptance,
    Expense,
    Fact,
    Measure,
    Quality,
    StandardKit,
    end_of_year,
)
from preau.plan.equipment.queries.amounts import Amounts
from preau.plan.equipment.queries.checks import Years
from preau.plan.equipment.queries.figures import Situation, YearLine
from preau.plan.equipment.queries.states import SchoolState
from preau.plan.equipment.queries.told import is_told

SCHOOL_FIELDS = (
    "id", "name", "uai", "kind", "opened_on", "closed_on", "current_kit", "latitude", "longitude", "is_told",
    "shown_name",
)  # fmt: skip
OWN_FIELDS = tuple(field for field in SCHOOL_FIELDS if field not in ("current_kit", "is_told"))
SPENT_FIELDS = ("expenses__fiscal_year", "expenses__regime", "expenses__kind", "expenses__quality")
WORST_FIRST = (Quality.FICTITIOUS, Quality.ESTIMATED, Quality.DECLARED, Quality.DECK, Quality.MEASURED)


class Spent(NamedTuple):
    """What was paid for a school, of one year, tax regime, kind and quality."""

    year: int
    regime: str
    kind: str
    quality: str
    cents: int


def situation_of(schools, on: date, facts=None, acceptances=None) -> Situation:
    """The situation on a day of an already visible set of schools (a QuerySet of School).

    Three reads; one less when `facts` (known_facts) are given, and when all their `acceptances` are, with their kits.
    """
    known = _known_facts(schools, on) if facts is None else facts
    accepted = _accepted(schools, on) if acceptances is None else _told_of(acceptances, on)
    return _situation(_lines(schools, on), known, accepted, on)


def situation_of_school(school, on: date, facts=None, acceptances=None) -> Situation:
    """The same of one school already visible; the SQL of its reads is kept."""
    known = _FACTS_OF_ONE.rows(school.pk, key=(on,)) if facts is None else facts
    accepted = _ACCEPTED_OF_ONE.rows(school.pk, key=(on,)) if acceptances is None else _told_of(acceptances, on)
    return _situation(_LINES_OF_ONE.rows(school.pk, key=(on,)), known, accepted, on)


def situations_kept(visible, *kinds):
    """A function of a person, a day and what else `visible(person, today, *asked)` takes, of these `kinds`: the
    situation that day of these schools, its SQL written once for all who hold the same titles (PreparedFor)."""
    reads = [PreparedFor(partial(_of_visible, read, visible), *kinds) for read in (_lines, _known_facts, _accepted)]
    return lambda person, today, *asked: _situation(*(each.rows(person, today, *asked) for each in reads), today)


def _of_visible(read, visible, person, today, *asked):
    return read(visible(person, today, *asked), today)


def _situation(lines, facts, accepted, on):
    rows, spent = _schools_and_spending(lines)
    counts, received = _class_counts(facts), defaultdict(list)
    for school, *row in accepted:
        received[school].append(tuple(row))
    states, all_states = [], []
    for row in rows:
        state = _state(row, counts[row[0]], received[row[0]], spent[row[0]], on, is_told=row[9])
        all_states.append(state)
        if (row[4] is None or row[4] <= on) and (row[5] is None or on <= row[5]):
            states.append(state)
    return Situation(
        on=on,
        schools=tuple(states),
        years=_years(all_states, received, spent, on),
        paid=_sum(line for lines in spent.values() for line in lines),
        credits=_sum(line for lines in spent.values() for line in lines if line.kind == Expense.Kind.CREDIT),
        closed_paid_count=sum(1 for state in all_states if state.paid) - sum(1 for state in states if state.paid),
        quality=_least_sure(set().union(*(state.qualities for state in all_states))),
        spent_quality=_least_sure({line.quality for lines in spent.values() for line in lines}),
    )


def _known_facts(schools, on):
    """The class counts of a day, oldest first; a figure of a year is known all that year."""
    facts = Fact.objects.standing().filter(school__in=schools, as_of__lte=end_of_year(on.year))
    return facts.filter(measure=Measure.CLASSES).order_by("as_of", "id")


def _class_counts(facts):
    """{school: [(day, count)]} in the order of the facts."""
    counts = defaultdict(list)
    for fact in facts:
        if fact.measure == Measure.CLASSES and fact.school_id:
            counts[fact.school_id].append((fact.as_of, fact.value))
    return counts


def _accepted(schools, on):
    """(school, class, day, whether the day is known, kit version or None, quality), oldest first."""
    rows = Acceptance.objects.standing().filter(school__in=schools, accepted_on__lte=on)
    return rows.order_by("accepted_on", "id").values_list(
        "school_id", "label_key", "accepted_on", "day_is_known", "kit__version", "quality"
    )


def _told_of(acceptances, on):
    """The same of acceptances already read, with their kits."""
    known = [each for each in acceptances if each.withdrawn_at is None and each.accepted_on <= on]
    return [
        (a.school_id, a.label_key, a.accepted_on, a.day_is_known, a.kit.version if a.kit else None, a.quality)
        for a in sorted(known, key=lambda each: (each.accepted_on, each.id))
    ]


def _lines(schools, on):
    """Schools in their order, a line for each year, regime, kind and quality of what was paid for them. What subqueries
    tell of a school comes after the sum: asked before, SQLite works them out twice, to group and to answer."""
    counted = Q(expenses__withdrawn_at=None, expenses__fiscal_year__lte=on.year)
    kits = StandardKit.objects.filter(
        city=OuterRef("city"), school_kind=OuterRef("kind"), published_on__lte=on
    ).order_by("-published_on", "-version")
    return (
        schools.order_by("sort_key", "kind", "id", *SPENT_FIELDS)
        .values_list(*OWN_FIELDS, *SPENT_FIELDS)
        .annotate(cents=Sum("expenses__amount_cents", filter=counted))
        .annotate(current_kit=Subquery(kits.values("version")[:1]), is_told=is_told(on))
        .values_list(*SCHOOL_FIELDS, *SPENT_FIELDS, "cents")
    )


def _of_one(read):
    return PreparedOf(lambda school, on: read(School.objects.filter(pk=school), on), maxsize=8)


_LINES_OF_ONE, _FACTS_OF_ONE, _ACCEPTED_OF_ONE = map(_of_one, (_lines, _known_facts, _accepted))


def _schools_and_spending(lines):
    """Schools in order, and {school: [Spent]}."""
    rows, spent = {}, defaultdict(list)
    for line in lines:
        row, (*told, cents) = list(line[: len(SCHOOL_FIELDS)]), line[len(SCHOOL_FIELDS) :]
        rows.setdefault(row[0], row)
        if cents is not None:
            spent[row[0]].append(Spent(*told, cents))
    return list(rows.values()), spent


def _sum(lines):
    return Amounts.of((line.regime, line.cents) for line in lines)


def _known(counts, day):
    """The class count known that day; the oldest one for the days before it."""
    known = [value for as_of, value in counts if as_of <= day]
    return known[-1] if known else counts[0][1] if counts else None


def _state(row, counts, received, spent, on, *, is_told):
    current = row[6]
    equipped_on, equipped_day_is_known, equipped_kit = _equipped(counts, received, on)
    latest = {label: version for label, _, _, version, _ in received}
    return SchoolState(
        id=row[0],
        name=row[1],
        shown_name=row[10],
        uai=row[2],
        kind=row[3],
        opened_on=row[4],
        closed_on=row[5],
        classes_count=_known(counts, on),
        received_count=len(latest),
        up_to_date_count=sum(1 for version in latest.values() if version is not None and version == current),
        received_on=received[-1][1] if received else None,
        received_day_is_known=received[-1][2] if received else True,
        undetailed_count=sum(1 for version in latest.values() if version is None),
        equipped_on=equipped_on,
        equipped_day_is_known=equipped_day_is_known,
        equipped_kit=equipped_kit,
        current_kit=current,
        paid=_sum(spent),
        class_years=Years.over(day.year for day in _first_days(received).values()),
        qualities=frozenset(quality for *_, quality in received),
        latitude=row[7],
        longitude=row[8],
        is_told=is_told,
    )


def _first_days(received):
    """{class: the day it was first received}: a renewal is no new class."""
    first = {}
    for label, day, *_ in received:
        first.setdefault(label, day)
    return first


def _equipped(counts, received, on):
    """The first day every class it then had was received, whether that day is known, and the oldest kit version."""
    if not counts or not received:
        return None, True, None
    known_days = {day: is_known for _, day, is_known, _, _ in received}
    days = sorted({*known_days} | {day for day, _ in counts if received[0][1] <= day <= on})
    for day in days:
        classes = {}
        for label, accepted_on, _, version, _ in received:
            if accepted_on <= day:
                classes.setdefault(label, version)
        if len(classes) >= (_known(counts, day) or 1):
            return day, known_days.get(day, True), None if None in classes.values() else min(classes.values())
    return None, True, None


def _years(states, received, spent, on):
    """From the first to the last year in which something was received or paid."""
    classes = defaultdict(int)
    for rows in received.values():
        for day in _first_days(rows).values():
            classes[day.year] += 1
    paid = defaultdict(list)
    for line in (line for lines in spent.values() for line in lines):
        paid[line.year].append(line)
    touched = sorted({*classes, *paid})
    if not touched:
        return ()
    return tuple(_year_line(year, states, classes, paid[year], on) for year in range(touched[0], touched[-1] + 1))


def _year_line(year, states, classes, paid, on):
    completed = [s for s in states if s.equipped_on and s.equipped_on.year == year]
    end = min(end_of_year(year), on)
    is_open = [
        s for s in states if (s.opened_on is None or s.opened_on <= end) and (s.closed_on is None or end <= s.closed_on)
    ]
    return YearLine(
        year=year,
        nurseries=sum(1 for s in completed if s.is_nursery),
        elementaries=sum(1 for s in completed if not s.is_nursery),
        classes=classes[year],
        paid=_sum(paid),
        credits=_sum(line for line in paid if line.kind == Expense.Kind.CREDIT),
        open_schools=len(is_open),
        equipped_by_end=sum(1 for s in is_open if s.equipped_on and s.equipped_on <= end),
    )


def _least_sure(qualities):
    return next((str(quality) for quality in WORST_FIRST if quality in qualities), "")
