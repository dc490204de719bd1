"""What the hours of an outing make of it (circular of 13 June 2023, BO n° 26): within class hours, lunch included, it
is obligatoire and free; beyond, facultative; with a night, a voyage."""

import datetime
from dataclasses import dataclass

from preau.ent.notes.models import Outing
from preau.kit.dates import hour_text

WEDNESDAY, SATURDAY = 2, 5


@dataclass(frozen=True)
class ClassHours:
    """A school's day; `has_wednesday`: there is class on Wednesday morning."""

    morning_from: datetime.time
    morning_to: datetime.time
    afternoon_to: datetime.time
    has_wednesday: bool

    def last_hour(self, day: datetime.date) -> datetime.time | None:
        """None when there is no class that day."""
        if day.weekday() == WEDNESDAY:
            return self.morning_to if self.has_wednesday else None
        return None if day.weekday() >= SATURDAY else self.afternoon_to

    def __str__(self):
        return f"{hour_text(self.morning_from)} à {hour_text(self.afternoon_to)}"


def outing_of(
    hours: ClassHours | None,
    *,
    happens_on: datetime.date,
    leaves_at: datetime.time,
    returns_at: datetime.time,
    returns_on: datetime.date | None = None,
) -> Outing:
    """Where a school has not given its hours, an outing is counted as facultative: families sign."""
    if returns_on and returns_on > happens_on:
        return Outing.NIGHT
    last = hours.last_hour(happens_on) if hours else None
    is_within = last is not None and hours.morning_from <= leaves_at and returns_at <= last
    return Outing.WITHIN if is_within else Outing.BEYOND
