"""A day without class, as the home of who makes an appel says it."""

from collections.abc import Collection
from datetime import date, timedelta
from typing import NamedTuple
from uuid import UUID

from preau.ent.attendance import days
from preau.people.models import TEACHER_ROLES
from preau.places.queries import WEDNESDAY
from preau.web.faces import Face

ROLL = "attendance:classroom_roll"


class Pause(NamedTuple):
    """The day of the next appel, when it is known."""

    begins_on: date | None


def pause_of(face: Face, today: date, on_wednesdays: Collection[UUID]) -> Pause | None:
    """None on a day with class, and for who calls none. `on_wednesdays`: schools with class on Wednesday morning, asked
    on a Wednesday only; on another day, the next appel is told when it is the same with and without."""
    room = face.mandate.classroom if face.role in TEACHER_ROLES and face.mandate else None
    is_wednesday = today.weekday() == WEDNESDAY
    weeks = (room.school_id in on_wednesdays,) if room and is_wednesday else (True, False)
    if room is None or days.halves_on(room.school, today, weeks[0]):
        return None
    begins = {day for week in weeks for day in days.class_days(room.school, today + timedelta(days=1), 1, week)}
    return Pause(begins.pop() if len(begins) == 1 else None)
