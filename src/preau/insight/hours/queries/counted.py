"""Hours of pupils on the equipment, counted as sessions close (`ent.lessons.LessonMonth`), beside what was bought."""

import datetime
from collections import defaultdict
from dataclasses import dataclass, field, replace
from fractions import Fraction

from django.db.models import Case, DateField, F, Max, Min, Q, Sum, Value, When

from preau.ent.lessons.models import Activity, LessonMonth
from preau.insight.hours.queries.carts import Carts, carts_of
from preau.kit.dates import school_year_bounds, school_year_label
from preau.kit.money import NBSP, group, round_half_up
from preau.kit.prepared import PreparedOf
from preau.plan.equipment.queries import Amounts, Overview

LEAST = 5  # pupils: below, nothing is said (as in insight.usage)
MASKED = "moins de 5 élèves, masqué"
NO_KIT = "Aucun chariot nommé"


@dataclass(frozen=True)
class Hours:
    """Sessions of some place, month, kit or activity, and the time pupils were in, all together."""

    lessons_count: int = 0
    seconds: int = 0
    most_pupils: int = 0  # of its fullest session
    gives_away: bool = False  # would tell a masked one by a subtraction

    @property
    def is_counted(self) -> bool:
        """A session at least; otherwise nothing is known, which is not zero."""
        return self.lessons_count > 0

    @property
    def is_masked(self) -> bool:
        return self.is_counted and (self.most_pupils < LEAST or self.gives_away)

    @property
    def text(self) -> str:
        """« 412 h », « 3 h 20 », « 40 min »; to the hour from ten on."""
        minutes = self.seconds // 60
        if minutes >= 600:
            return f"{group(int(round_half_up(Fraction(self.seconds, 3600))))}{NBSP}h"
        hours, rest = divmod(minutes, 60)
        return f"{hours}{NBSP}h{NBSP}{rest:02d}" if hours else f"{rest}{NBSP}min"

    @property
    def about(self) -> str:
        """« environ 120 h »: what a group of schools is told by, so that no school's part is found in it."""
        tens = int(round_half_up(Fraction(self.seconds, 36_000))) * 10
        return f"environ {group(tens)}{NBSP}h" if tens else f"moins de 10{NBSP}h"

    @property
    def said(self) -> str:
        """For a cell: the hours, « masqué », or that none is counted."""
        return MASKED if self.is_masked else self.text if self.is_counted else "aucune séance comptée"

    def __add__(self, other):
        most = max(self.most_pupils, other.most_pupils)
        return Hours(self.lessons_count + other.lessons_count, self.seconds + other.seconds, most)


def total_of(parts) -> Hours:
    """Several together."""
    return sum(parts, Hours())


def protected(cells: dict) -> dict:
    """The parts of a total that is shown: one masked alone would be the rest, so the smallest other is masked too."""
    masked = [key for key, hours in cells.items() if hours.is_masked]
    shown = [key for key, hours in cells.items() if hours.is_counted and not hours.is_masked]
    if len(masked) != 1 or not shown:
        return cells
    least = min(shown, key=lambda key: (cells[key].seconds, str(key)))
    return cells | {least: replace(cells[least], gives_away=True)}


@dataclass(frozen=True)
class KitHours:
    """A cart or a kit, in the schools whose sessions named it."""

    label: str
    hours: Hours
    school_ids: tuple = ()  # none of what no session named


@dataclass(frozen=True)
class CityHours:
    """The hours of a city in a school year, school by school, and all those ever counted."""

    year: str
    since: datetime.date | None  # the month of the first session ever counted
    schools: dict = field(default_factory=dict)  # {school id: Hours}
    kits: dict = field(default_factory=dict)  # {(school id, key of a kit or ""): KitHours}
    ever: Hours = Hours()
    months: list = field(default_factory=list)  # [(its first day, Hours)]
    activities: list = field(default_factory=list)  # [(what pupils did, Hours)]

    @property
    def total(self) -> Hours:
        return total_of(self.schools.values())

    def of(self, school_id) -> Hours:
        return self.schools.get(school_id, Hours())

    @property
    def every_kit(self) -> list[KitHours]:
        """Each once: one that went from school to school is masked when a part of it is."""
        found = defaultdict(list)
        for (school_id, key), kit in self.kits.items():
            found[key].append(replace(kit, school_ids=(school_id,) if key else ()))
        return by_seconds(_one_kit(parts) for parts in found.values())

    @property
    def kit_keys(self) -> set[str]:
        return {key for _, key in self.kits if key}

    def cost_of(self, paid: Amounts) -> Amounts | None:
        """All that was paid over all the hours ever counted; None while one of them is not known."""
        if not paid or not self.ever.seconds or self.ever.is_masked:
            return None
        return paid.over(Fraction(self.ever.seconds, 3600))


def by_seconds(kits) -> list[KitHours]:
    """The most used first, the masked last."""
    return sorted(kits, key=lambda kit: (kit.hours.is_masked, -kit.hours.seconds, kit.label))


def _one_kit(parts):
    hours = total_of(part.hours for part in parts)
    hours = replace(hours, gives_away=any(part.hours.is_masked for part in parts))
    return KitHours(parts[0].label, hours, tuple(key for part in parts for key in part.school_ids))


def in_year(year: str) -> Q:
    """Months of that school year."""
    first, last = school_year_bounds(year)
    return Q(month__gte=first, month__lte=last)


def city_hours(city, on: datetime.date, year: str = "", *, is_detailed=False) -> CityHours:
    """Of the school year of that day, or of another; one read, whatever the number of sessions. `is_detailed` tells its
    months and activities too."""
    year = year or school_year_label(on)
    places, whens = defaultdict(dict), (defaultdict(Hours), defaultdict(Hours))
    ever, since = Hours(), None
    for school, key, *when, label, lessons, seconds, most, all_lessons, all_seconds, all_most, first in _MONTHS.rows(
        city.pk, key=(on, year, is_detailed)
    ):
        ever += Hours(all_lessons, all_seconds, all_most)
        since = min(since or first, first)
        if not lessons:
            continue
        hours = Hours(lessons, seconds, most)
        before = places[school].get(key, KitHours("", Hours()))
        places[school][key] = KitHours(max(before.label, label or NO_KIT), before.hours + hours)
        for found, each in zip(whens, when, strict=False):
            found[each] += hours
    schools, kits = together(places)
    months, activities = (protected(dict(found)) for found in whens)
    return CityHours(
        year=year,
        since=since,
        schools=schools,
        kits=kits,
        months=sorted(months.items()),
        activities=sorted(
            ((Activity(key).label, hours) for key, hours in activities.items()),
            key=lambda each: (each[1].is_masked, -each[1].seconds),
        ),
        ever=ever,
    )


def _rows(city, on, year, is_detailed):
    """(school, kit, the month and the activity when asked, of that year), its name, what is counted that year, what
    ever is, since when. Former years are one row."""
    months, this = LessonMonth.objects.filter(school__city=city, month__lte=on), in_year(year)
    keys = ["school", "kit_key"]
    if is_detailed:
        months = months.annotate(
            that_month=Case(When(this, then=F("month")), output_field=DateField()),
            doing=Case(When(this, then=F("activity")), default=Value("")),
        )
        keys += ["that_month", "doing"]
    return (
        months.order_by()
        .values_list(*keys)
        .annotate(
            label=Max("kit_label"),
            lessons=Sum("lessons_count", filter=this),
            seconds=Sum("pupil_seconds", filter=this),
            most=Max("most_pupils", filter=this),
            all_lessons=Sum("lessons_count"),
            all_seconds=Sum("pupil_seconds"),
            all_most=Max("most_pupils"),
            first=Min("month"),
        )
    )


_MONTHS = PreparedOf(_rows)


def together(places: dict) -> tuple[dict, dict]:
    """({school: Hours}, {(school, kit): KitHours}) of a whole city, as they may be shown; of {school: {kit: …}}."""
    schools = {school: total_of(kit.hours for kit in kits.values()) for school, kits in places.items()}
    shown = {school: protected({key: kit.hours for key, kit in kits.items()}) for school, kits in places.items()}
    return protected(schools), {
        (school, key): KitHours(places[school][key].label, hours)
        for school, cells in shown.items()
        for key, hours in cells.items()
    }


@dataclass(frozen=True)
class Told:
    """What was bought beside what it is used for."""

    hours: CityHours
    equipped_count: int | None  # None: not known school by school
    used_count: int  # of these, with a session this school year
    carts: Carts
    cost: Amounts | None

    @property
    def is_counted(self) -> bool:
        return self.hours.total.is_counted


def told_of(city, overview: Overview, on: datetime.date, *, is_detailed=False) -> Told:
    """Three reads besides the overview's."""
    hours = city_hours(city, on, is_detailed=is_detailed)
    situation, carts = overview.situation, carts_of(city, hours.kit_keys)
    return Told(
        hours=hours,
        equipped_count=len(situation.equipped) if situation.is_told else None,
        used_count=sum(1 for school in situation.equipped if hours.of(school.id).is_counted),
        carts=carts,
        cost=hours.cost_of(situation.paid),
    )


def group_hours(groups, hours: CityHours) -> list[tuple]:
    """(label, Hours, schools with a session, schools) of each group; masked when it would tell one school's part."""
    parts = {label: [hours.schools[s.id] for s in schools if s.id in hours.schools] for label, schools in groups}
    cells = {label: _grouped(found) for label, found in parts.items()}
    shown = protected(cells)
    return [(label, shown[label], len(parts[label]), len(schools)) for label, schools in groups]


def _grouped(found):
    total = total_of(found)
    return replace(total, gives_away=bool(found) and all(hours.is_masked for hours in found))
