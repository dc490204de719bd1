"""What is free and when: half-days lent, the weeks of a kit."""

import datetime
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache

from django.db.models import IntegerField, Q
from django.utils.formats import date_format

from preau.kit.dates import school_year_bounds, school_year_label, week_label
from preau.kit.prepared import KEPT_WRITTEN, Asked, Prepared, one_of_asked
from preau.places.queries import calendar_covers, calendar_of, pause_on
from preau.plan.loans.models import BookingSlot, Half, PartCount, SharedKit, half_day_number, half_day_of
from preau.plan.loans.queries.counts import missing_parts

WEEKS_SHOWN = 4
LENT_DAYS = range(5)  # Monday to Friday
SLOT_WORDS = {
    "free": "libre", "mine": "à vous", "transport": "trajet", "taken": "prise", "past": "passé",
    "stopped": ("indisponible", "arrêt"),
}  # fmt: skip
BRIEF = {"vacances": ("vacances", "congé")}


def kits_lent(kits):
    """Kits still lent, by kind then name."""
    return kits.filter(retired_on=None).select_related("city__department").order_by("kind", "sort_key")


def is_calendar_known(city, day: datetime.date) -> bool:
    """Whether holidays are known that day."""
    return calendar_covers(calendar_of(city.department), day)


def is_lent_day(city, day: datetime.date) -> bool:
    """Schools are open: Monday to Friday, outside what the school calendar closes."""
    return day.weekday() in LENT_DAYS and pause_on(city, day) is None


def slots_wanted(kit: SharedKit, first: int, last: int) -> tuple[list[int], list[int]]:
    """(half-days of use, half-days of transport before and after), days without class left out of both."""
    use = [n for n in range(first, last + 1) if is_lent_day(kit.city, half_day_of(n)[0])]
    carry = [n for start, step in ((first, -1), (last, 1)) for n in _next_lent(kit, start, step)]
    return use, carry


def meets_next_week(kit: SharedKit, first: int, last: int) -> bool:
    """Whether a loan and its transport fill more than the half-days of a week: the same a week later would want one."""
    use = sum(half_day_of(n)[0].weekday() in LENT_DAYS for n in range(first, last + 1))
    return use + 2 * kit.transport_half_days > len(LENT_DAYS) * len(Half)


def _next_lent(kit, start, step):
    found, number = [], start
    while len(found) < kit.transport_half_days:
        number += step
        if is_lent_day(kit.city, half_day_of(number)[0]):
            found.append(number)
    return found


@dataclass(frozen=True)
class Weeks:
    """A page of the calendar: its first Monday, and the addresses (« 2026-W49 ») of the pages around it, or nothing."""

    monday: datetime.date
    last: datetime.date
    before: str
    after: str


def weeks_asked(text: str, today: datetime.date, count: int) -> Weeks:
    """The `count` weeks from the one asked for, kept within the school year of today; from today's by default."""
    first, end = (_monday(day) for day in school_year_bounds(school_year_label(today)))
    try:
        asked = datetime.date.fromisoformat(f"{text}-1")
    except ValueError:
        asked = _monday(today)
    monday, page = min(max(asked, first), end), datetime.timedelta(weeks=count)
    before = week_label(max(monday - page, first)) if monday > first else ""
    after = week_label(monday + page) if monday + page <= end else ""
    return Weeks(monday, monday + page - datetime.timedelta(days=3), before, after)


def _monday(day):
    return day - datetime.timedelta(days=day.weekday())


@dataclass(frozen=True)
class CalendarWeek:
    """A week of a kit: for each half of its days, (a key of SLOT_WORDS or « closed », its word). A long word is two:
    itself, and one as wide as a column of a telephone."""

    days: tuple[datetime.date, ...]
    first: tuple[str, str, str]  # « 1er », « septembre », « sept. »
    halves: tuple[
        tuple[str, tuple[tuple[str, str | tuple[str, str]], ...]], ...
    ]  # (label of the half, a cell for each day)


@dataclass(frozen=True)
class KitCalendar:
    """A kit and its next weeks; `heads`: « lundi », « lun. » of each column."""

    kit: SharedKit
    weeks: tuple[CalendarWeek, ...]
    free_count: int
    missing: tuple[PartCount, ...]
    heads: tuple[tuple[str, str], ...]


def calendars_of(kits, own_schools, today, *, monday=None, weeks: int = WEEKS_SHOWN) -> list[KitCalendar]:
    """The weeks from `monday`, else this one. Three queries whatever the kits: kits, slots, missing parts."""
    monday = monday or _monday(today)
    days = [monday + datetime.timedelta(days=7 * w + d) for w in range(weeks) for d in LENT_DAYS]
    kits = list(kits)
    own = set(own_schools)
    taken = defaultdict(dict)
    for kit_id, number, is_transport, school_id, stop_id in _slots(kits, days):
        word = "stopped" if stop_id else "transport" if is_transport else "mine" if school_id in own else "taken"
        taken[kit_id][number] = word
    missing, pauses = missing_parts(kits), {kit.city_id: [pause_on(kit.city, day) for day in days] for kit in kits}
    empty = {
        city_id: [
            ("closed", BRIEF.get(pause.kind, pause.kind)) if pause else ("past" if day < today else "free",)
            for day, pause in zip(days, found, strict=True)
        ]
        for city_id, found in pauses.items()
    }
    heads = tuple((date_format(day, "l"), f"{date_format(day, 'D')}.") for day in days[: len(LENT_DAYS)])
    firsts = [_first(day) for day in days[:: len(LENT_DAYS)]]
    return [
        _calendar(kit, taken[kit.pk], days, empty[kit.city_id], missing.get(kit.pk, ()), heads, firsts) for kit in kits
    ]


def _slots(kits, days):
    """(kit, half-day, is transport, school, unavailability) of what is taken; the SQL is kept, for few kits."""
    if not kits:
        return ()
    between = half_day_number(days[0], 0), half_day_number(days[-1], 1)
    ids = [kit.pk for kit in kits]
    if len(ids) > KEPT_WRITTEN:
        return _slots_between(Q(kit__in=ids), *between)
    return _prepared(len(ids)).rows(*ids, *between)


@lru_cache(maxsize=32)
def _prepared(count):
    between = Asked(count, IntegerField), Asked(count + 1, IntegerField)
    return Prepared(_slots_between(one_of_asked("kit", count), *between))


def _slots_between(these, first, last):
    slots = BookingSlot.objects.filter(these, half_day__gte=first, half_day__lte=last)
    return slots.values_list("kit", "half_day", "is_transport", "booking__school", "unavailability")


def _first(day):
    return "1er" if day.day == 1 else str(day.day), date_format(day, "F"), date_format(day, "N")


def _calendar(kit, taken, days, empty, missing, heads, firsts):
    size = len(LENT_DAYS)
    weeks = tuple(
        _week(taken, days[n : n + size], empty[n : n + size], firsts[n // size]) for n in range(0, len(days), size)
    )
    free = sum(cells.count(("free", SLOT_WORDS["free"])) for week in weeks for _, cells in week.halves)
    return KitCalendar(kit, weeks, free, tuple(missing), heads)


def _week(taken, days, empty, first):
    def cell(day, otherwise, half):
        found = taken.get(half_day_number(day, half), otherwise[0])
        return found, SLOT_WORDS.get(found, otherwise[-1])

    rows = [(half.label, tuple(cell(*each, half) for each in zip(days, empty, strict=True))) for half in Half]
    return CalendarWeek(tuple(days), first, tuple(rows))
