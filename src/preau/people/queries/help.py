"""Who answers a call for help, and how long it waits."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median

from django.db.models import QuerySet

from preau.people.models import HelpAsk, Mandate, Role, SheetAsk
from preau.places.models import City, School
from preau.places.queries import same_school_name

Level = HelpAsk.Level
# How long it waits at a level before it goes to the next: over a week-end, both have a day of class.
DELAYS = {Level.SCHOOL: timedelta(days=4), Level.CITY: timedelta(days=7)}
TOLD_OVER = timedelta(days=30)


@dataclass(frozen=True)
class Answered:
    """Of the last 30 days; `days_count` is the median, None without any."""

    count: int
    days_count: int | None


def first_level(school: School | None, city: City | None, today: date, *, above: Level | None = None) -> Level:
    """The nearest where somebody holds the role that answers, above one when given."""
    order = list(Level)[list(Level).index(above) + 1 :] if above else list(Level)
    held = Mandate.objects.current(today)
    heads = school is not None and held.filter(role=Role.SCHOOL_HEAD, school=school)
    agents = city is not None and held.filter(role=Role.CITY_EDUCATION, city=city)
    if Level.SCHOOL in order and heads and heads.exists():
        return Level.SCHOOL
    if Level.CITY in order and agents and agents.exists():
        return Level.CITY
    return Level.OPERATOR


def school_named(typed: str, schools) -> School | None:
    """The one open school that may have this name; None when several may, or none."""
    found = [school for school in schools if typed and same_school_name(typed, school.name)]
    return found[0] if len(found) == 1 else None


def waiting_in_order(asks: QuerySet[HelpAsk]):
    """Those without an answer, the oldest first, with their places."""
    return asks.filter(answered_at=None).select_related("school", "city").order_by("asked_at", "id")


def answered_lately(asks: QuerySet[HelpAsk] | QuerySet[SheetAsk], now: datetime) -> Answered:
    """How many were answered, and in how many days half of them were; of calls for help, or of sheets asked for."""
    return answered_in(spans_of(asks, now - TOLD_OVER))


def spans_of(asks: QuerySet[HelpAsk] | QuerySet[SheetAsk], since) -> QuerySet:
    """(asked at, answered at) of those answered since that instant, or an expression of one."""
    return asks.filter(answered_at__gt=since).values_list("asked_at", "answered_at")


def answered_in(spans: Iterable[tuple[datetime, datetime]]) -> Answered:
    """The same of spans already read."""
    days = [(answered - asked).days for asked, answered in spans]
    return Answered(len(days), round(median(days)) if days else None)


def too_long_at(level: Level, now: datetime):
    """Those that wait there beyond its delay."""
    rows = HelpAsk.objects.filter(level=level, answered_at=None, level_at__lte=now - DELAYS[level])
    return rows.select_related("school", "city")
