"""Named reads about places: départements of France, the city of a host name, its schools, the school calendar."""

import csv
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, lru_cache
from pathlib import Path

from django.db.models import Q, QuerySet

from preau.kit.dates import school_year_label
from preau.kit.names import name_key
from preau.places.holidays import public_holidays
from preau.places.models import City, Department, School

DATA = Path(__file__).parent / "data"
# Academies by zone of school holidays (arrêté du 7 décembre 2022 and after). Corse and overseas have calendars of their
# own, which are not here.
ZONES = {
    "A": ("Besançon", "Bordeaux", "Clermont-Ferrand", "Dijon", "Grenoble", "Limoges", "Lyon", "Poitiers"),
    "B": (
        "Aix-Marseille", "Amiens", "Lille", "Nancy-Metz", "Nantes", "Nice", "Normandie", "Orléans-Tours", "Reims",
        "Rennes", "Strasbourg",
    ),
    "C": ("Créteil", "Montpellier", "Paris", "Toulouse", "Versailles"),
}  # fmt: skip
SCHOOL_WORDS = {"ecole", "maternelle", "elementaire", "primaire", "publique", "public"}
APOSTROPHES = str.maketrans("'", "’")
WEDNESDAY, SATURDAY = 2, 5
FURTHEST = 75  # days: longer than the summer
YEAR = timedelta(days=365)


def cities_of_host(host: str, default_slug: str = "") -> list[City]:
    """The city a host name serves, else the default one, else every city of the base."""
    cities = list(City.objects.select_related("department").order_by("name", "id"))
    name = host.partition(":")[0].casefold()
    for chosen in (
        [city for city in cities if city.host and city.host.casefold() == name],
        [city for city in cities if default_slug and city.slug == default_slug],
    ):
        if chosen:
            return chosen
    return cities


def school_key(name: str) -> str:
    """« École maternelle Les Tilleuls » and « Les Tilleuls » are one name; the kind is compared apart."""
    words = [word for word in name_key(name).split() if word not in SCHOOL_WORDS]
    return " ".join(words) or name_key(name)


def same_school_name(one: str, other: str) -> bool:
    """Whether two names may be one school's: all the words of the shorter are in the longer."""
    first, second = set(school_key(one).split()), set(school_key(other).split())
    return first <= second or second <= first


def open_on(day: date) -> Q:
    """Schools between their opening and their closing, both included when known: `School.is_open_on` as a condition."""
    return (Q(opened_on=None) | Q(opened_on__lte=day)) & not_closed_on(day)


def not_closed_on(day: date) -> Q:
    """Schools whose last day, if known, is not past, already open or not."""
    return Q(closed_on=None) | Q(closed_on__gte=day)


def open_schools(cities, today: date) -> QuerySet[School]:
    """Schools of these cities that are open that day, in the order of their names."""
    schools = School.objects.filter(open_on(today), city__in=cities).select_related("city__department")
    return schools.order_by("city__name", "sort_key", "id")


@dataclass(frozen=True)
class KnownDepartment:
    """A département of France; `code` is INSEE's, « 2A » or « 974 » too."""

    code: str
    name: str
    academy: str


@cache
def departments_of_france() -> dict[str, KnownDepartment]:
    """Those that have an academy, by code."""
    with (DATA / "departments.csv").open(encoding="utf-8", newline="") as file:
        return {row["code"]: KnownDepartment(**row) for row in csv.DictReader(file)}


@dataclass(frozen=True)
class Break:
    """Days without class. `first` and `last` are both without class; `resumes_on` is known for holidays only."""

    kind: str  # « vacances », « pont » or « férié »
    label: str
    first: date
    last: date
    resumes_on: date | None
    source: str


def zone_of(academy: str) -> str | None:
    """« A », « B » or « C », None for an academy that is in none."""
    return next((zone for zone, academies in ZONES.items() if academy in academies), None)


@dataclass(frozen=True)
class Calendar:
    """Which days are without class: holidays of a zone, none for None, then those `written` by the operator, of this
    `source`; public holidays of the département of this code, those of the whole country for none."""

    zone: str | None = None
    code: str = ""
    written: str = ""
    source: str = ""


def calendar_of(department: Department) -> Calendar:
    zone = zone_of(department.academy)
    return Calendar(zone, department.code, department.holidays, department.holidays_source)


def holidays_of(calendar: Calendar) -> tuple[Break, ...]:
    """Holidays and bridges in order of days: those of the zone's file, then those written of later days."""
    return _holidays(calendar.zone, calendar.written, calendar.source)


@lru_cache(maxsize=64)
def _holidays(zone, written, source):
    rows = _of_file(zone)
    return (*rows, *(row for row in written_holidays(written, source) if not rows or row.first > _last_of(rows)))


def written_holidays(written: str, source: str = "") -> list[Break]:
    """What `Department.holidays` holds: « Vacances de Noël;2026-12-19;2027-01-04 », the last day is that before class
    resumes."""
    rows = []
    for line in written.splitlines():
        label, first, resumes = line.split(";")
        first, resumes = date.fromisoformat(first), date.fromisoformat(resumes)
        kind = "pont" if label.startswith("Pont") else "vacances"
        rows.append(Break(kind, label, first, resumes - timedelta(days=1), resumes, source))
    return rows


@cache
def _of_file(zone):
    path = DATA / f"school_calendar_zone_{(zone or '').lower()}.csv"
    if zone is None or not path.exists():
        return ()
    with path.open(encoding="utf-8", newline="") as file:
        rows = [read_break(row) for row in csv.DictReader(file)]
    return tuple(sorted(rows, key=lambda row: (row.first, -(row.last - row.first).days)))


def read_break(row) -> Break:
    resumes_on = date.fromisoformat(row["resume_date"]) if row["resume_date"] else None
    return Break(
        row["kind"],
        row["label"].translate(APOSTROPHES),
        date.fromisoformat(row["start_date"]),
        date.fromisoformat(row["end_date"]),
        resumes_on,
        row["source"],
    )


def break_on(calendar: Calendar, day: date) -> Break | None:
    """The longest break a day lies in: holidays before the public holiday inside them."""
    holidays = (row for row in holidays_of(calendar) if row.first <= day <= row.last)
    return next(holidays, None) or _public(day.year, calendar.code).get(day)


@cache
def _public(year, code):
    """{day: break}"""
    days = public_holidays(year, code).items()
    return {day: Break("férié", label, day, day, None, law) for day, (label, law) in days}


def pause_on(city: City, day: date) -> Break | None:
    """The holidays or the public holiday of that day in the city's département; holidays that are not known are not
    told."""
    return break_on(calendar_of(city.department), day)


def calendar_covers(calendar: Calendar, day: date) -> bool:
    """Whether the holidays of that day's school year are known: they end with the last summer that is."""
    rows = holidays_of(calendar)
    if not rows or day > _last_of(rows):
        return False
    return day >= rows[0].first or school_year_label(day) == school_year_label(rows[0].first)


def holidays_known_until(calendar: Calendar) -> date | None:
    """The last day of the last holidays known; None when none is."""
    rows = holidays_of(calendar)
    return _last_of(rows) if rows else None


def academy_without_holidays(city: City, day: date) -> str:
    """The city's academy, when its school holidays of that day are not known; else empty."""
    return "" if calendar_covers(calendar_of(city.department), day) else city.department.academy


def next_breaks(calendar: Calendar, day: date, count: int = 4) -> list[Break]:
    """The breaks to come, those that lie inside longer ones left out: as far as holidays are known, else of a year."""
    holidays = holidays_of(calendar)
    until = _last_of(holidays) if calendar_covers(calendar, day) else day + YEAR
    public = [row for year in range(day.year, until.year + 1) for row in _public(year, calendar.code).values()]
    found = []
    for row in sorted([*holidays, *public], key=lambda row: row.first):
        is_inside = found and row.last <= found[-1].last
        if day < row.first <= until and not is_inside and break_on(calendar, row.first) == row:
            found.append(row)
    return found[:count]


def _last_of(rows):
    return max(row.last for row in rows)


def has_class_on(school: School, day: date, has_wednesday: bool) -> bool:
    """Whether the school has class that day; it comes with its city and département. `has_wednesday`: whether its week
    has a Wednesday morning, which a room above knows."""
    if day.weekday() >= SATURDAY or day.weekday() == WEDNESDAY and not has_wednesday:
        return False
    return pause_on(school.city, day) is None


def first_days(since: date, count: int, is_one: Callable[[date], object]) -> list[date]:
    """The next days of which `is_one` says yes, that one included; fewer where the calendar ends."""
    days = (since + timedelta(days=further) for further in range(FURTHEST))
    return [day for _, day in zip(range(count), filter(is_one, days), strict=False)]
