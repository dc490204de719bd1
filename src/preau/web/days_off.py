"""A day without class, as the home of who makes an appel says it."""

from collections.abc import Collection
from datetime import date, timedelta
from typing import NamedTuple
from uuid import UUID

from preau.ent.attendance import days
from preau.people.models import TEACHER_ROLES
from preau.places.holidays import public_holidays
from preau.places.queries import SATURDAY, WEDNESDAY
from preau.web.faces import Face

ROLL = "attendance:classroom_roll"


class Pause(NamedTuple):
    """The day of the next appel, when it is known."""

    begins_on: date | None


def asks_wednesday(today: date) -> bool:
    """Whether a school's week decides of the next class: that day, and when only weekends and public holidays come
    before it. On another day it is not asked."""
    before = (today + timedelta(days=further) for further in range((WEDNESDAY - today.weekday()) % 7))
    return all(day.weekday() >= SATURDAY or day in public_holidays(day.year, "") for day in before)


def pause_of(face: Face, today: date, on_wednesdays: Collection[UUID]) -> Pause | None:
    """None on a day with class, and for who calls none. `on_wednesdays`: schools with class on Wednesday morning, where
    `asks_wednesday`; on another day, the next appel is told when it is the same with and without."""
    room = face.mandate.classroom if face.role in TEACHER_ROLES and face.mandate else None
    weeks = (room.school_id in on_wednesdays,) if room and asks_wednesday(today) else (True, False)
    if room is None or days.halves_on(room.school, today, weeks[0]):
        return None
    begins = {day for week in weeks for day in days.class_days(room.school, today + timedelta(days=1), 1, week)}
    return Pause(begins.pop() if len(begins) == 1 else None)
