"""Five weeks of an agenda, day by day: what happens, and the days without class of the school calendar."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field

from preau.ent.agenda.queries.events import Coming
from preau.places.queries import Break, Calendar, break_on

WEEKS = 5
WEEK = datetime.timedelta(days=7)
YEARS = datetime.timedelta(days=550)  # how far an address may lead


@dataclass(frozen=True)
class Window:
    """From a Monday to a Sunday, both included."""

    first: datetime.date

    @property
    def last(self) -> datetime.date:
        return self.first + WEEKS * WEEK - datetime.timedelta(days=1)

    @property
    def before(self) -> datetime.date:
        return self.first - WEEKS * WEEK

    @property
    def after(self) -> datetime.date:
        return self.first + WEEKS * WEEK


@dataclass
class Day:
    """One square of the month, or one line of the list; `off`: the holidays or the public holiday it lies in, said on
    the first day of it that is shown."""

    date: datetime.date
    is_past: bool
    is_today: bool
    off: Break | None = None
    says_off: bool = False
    items: list[Coming] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Nothing to say: the list passes over it."""
        return not (self.items or self.says_off)


def window_asked(text: str, today: datetime.date) -> Window:
    """The weeks that begin on the Monday of `?du=2026-11-30`, else those of today."""
    try:
        day = datetime.date.fromisoformat(text)
    except ValueError:
        day = today
    day = day if abs(day - today) <= YEARS else today
    return Window(day - datetime.timedelta(days=day.weekday()))


def days_of(window: Window, items: Iterable[Coming], calendar: Calendar, today: datetime.date) -> list[Day]:
    """Each day of the weeks shown. What lasts is on its first day shown: today, for what has begun."""
    dates = [window.first + datetime.timedelta(days=number) for number in range(WEEKS * 7)]
    days = {date: Day(date, date < today, date == today, break_on(calendar, date)) for date in dates}
    shown_from = min(max(window.first, today), window.last)
    for item in items:
        event = item.event
        first = event.first_on if event.last_on < shown_from else max(event.first_on, min(shown_from, event.last_on))
        days[max(first, window.first)].items.append(item)
    said = set()
    for day in days.values():
        if day.off and day.off not in said and (not day.is_past or day.off.last < today):
            said.add(day.off)
            day.says_off = True
    return list(days.values())
