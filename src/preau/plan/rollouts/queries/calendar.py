"""The year of roll-outs drawn: twelve months of equal width, whatever their days. Where things stand is said in units
of the drawing, as SVG writes them: a page of a hundred marks translates none of them."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from preau.kit.dates import day_text, school_year_bounds, school_years_around
from preau.kit.money import NBSP
from preau.plan.rollouts.queries.progress import Progress

MONTH = 100  # units of the drawing
WIDTH = 12 * MONTH
MARK = 8
MONTHS_OF_SCHOOL = (
    "sept.", "oct.", "nov.", "déc.", "janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août",
)  # fmt: skip


@dataclass(frozen=True)
class Mark:
    """A day of a step: `state` is « done », « planned » or « late »."""

    x: str
    state: str


@dataclass(frozen=True)
class Band:
    """A line of the year, that opens on a page: a bar, marks, the same in words. `start` is None without a bar."""

    label: str
    url_name: str
    target: object  # the id that page takes
    start: str | None
    length: str
    marks: tuple[Mark, ...]
    words: str


@dataclass(frozen=True)
class Row(Band):
    """A roll-out in the year: a bar from its first to its last known day, a mark per step."""

    progress: Progress

    @property
    def dates(self):
        """(school, step, at whose, planned on, done on) of each step with a day, as they are read."""
        for step in self.progress.steps:
            if step.planned_on or step.done_on:
                days = (day_text(day) if day else "—" for day in (step.planned_on, step.done_on))
                yield (self.label, step.label, step.owner_label, *days)


@dataclass(frozen=True)
class YearDrawn:
    """What every drawing of a school year shows: its months, the years beside it, today when it falls in it."""

    label: str
    before: str
    after: str
    months: tuple[str, ...]
    now_at: str | None


def year_drawn(school_year: str, today: date) -> YearDrawn:
    """« 2026-2027 » ready to be drawn."""
    first, last = school_year_bounds(school_year)
    before, after = school_years_around(school_year)
    now_at = f"{place_of(today, first):g}" if first <= today <= last else None
    return YearDrawn(school_year, before, after, MONTHS_OF_SCHOOL, now_at)


def place_of(day: date, first: date) -> float:
    """Where a day falls on the drawing of the school year that begins on `first`; outside it, its edge."""
    months = (day.year - first.year) * 12 + day.month - first.month
    within = (day.day - 1) / monthrange(day.year, day.month)[1]
    return round(min(max(months + within, 0), 12) * MONTH, 1)


def bar_of(start: date, end: date, first: date) -> tuple[str, str]:
    """(where a bar begins, its length) in the school year that begins on `first`."""
    begins = place_of(start, first)
    return f"{begins:g}", f"{max(place_of(end, first) - begins, 2):g}"


def marks_of(days, school_year: str) -> tuple[Mark, ...]:
    """A mark for each (day, state) that falls in the school year."""
    first, last = school_year_bounds(school_year)
    inside = ((day, state) for day, state in days if first <= day <= last)
    return tuple(Mark(f"{min(place_of(day, first), WIDTH - MARK):g}", state) for day, state in inside)


def in_year(standings, school_year: str) -> list[Progress]:
    """Ways (see standing.py) with a day in the school year, those that begin first above: to page, then to draw with
    `rows_of` once their steps are read."""
    first, last = school_year_bounds(school_year)
    found = []
    for each in standings:
        way = each.rollout
        days = [day for day in (way.opened_on, way.first_on, way.last_on, each.accepted_on, way.service_on) if day]
        if not way.abandoned_on and min(days) <= last and max(days) >= first:
            found.append((min(days), each))
    return [each for _, each in sorted(found, key=lambda pair: pair[0])]


def rows_of(progress, school_year: str) -> tuple[Row, ...]:
    """Roll-outs that have a day in the school year, those that begin first above."""
    first, last = school_year_bounds(school_year)
    rows = []
    for each in progress:
        days = sorted({each.rollout.opened_on, *_days(each)})
        if days[0] <= last and days[-1] >= first:
            rows.append((days[0], _row(each, days, school_year)))
    return tuple(row for _, row in sorted(rows, key=lambda pair: pair[0]))


def _days(progress):
    return [day for step in progress.steps if (day := step.done_on or step.planned_on)]


def _row(progress, days, school_year):
    rollout = progress.rollout
    marks, words = [], [f"ouvert le {day_text(rollout.opened_on)}"]
    for step in progress.steps:
        day = step.done_on or step.planned_on
        if day is None:
            continue
        state = "done" if step.done_on else "late" if step.is_late else "planned"
        words.append(f"{step.label}{NBSP}: {'faite' if step.done_on else 'prévue'} le {day_text(day)}")
        marks.append((day, state))
    start, length = bar_of(days[0], days[-1], school_year_bounds(school_year)[0])
    return Row(
        label=rollout.school_name,
        url_name="rollouts:rollout_detail",
        target=rollout.pk,
        start=start,
        length=length,
        marks=marks_of(marks, school_year),
        words=", ".join(words),
        progress=progress,
    )
