"""The sessions under way, as a home says them to who opens or helps."""

import datetime
from collections.abc import Iterable

from django.db.models import CharField, F, QuerySet
from django.db.models.functions import Coalesce, TruncDate

from preau.ent.lessons.models import Lesson
from preau.kit.rooms.told import Line, lines, parted

OPEN = "lessons_open"


def open_lines(lessons: QuerySet[Lesson], now: datetime.datetime) -> QuerySet:
    """For homes that ask several things at once (kit/rooms/told.py)."""
    name = Coalesce(F("classroom__name"), F("group__name"), output_field=CharField())
    return lines(lessons.open(now), OPEN, name=name, day=TruncDate("opened_at"))


def read_open(rows: Iterable[tuple]) -> tuple[list[Line], list[tuple]]:
    """Such lines among others: (those, the others)."""
    return parted(rows, OPEN)
