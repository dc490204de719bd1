"""What a guardian finds: absences that the school noted and nobody explained, and those that are told."""

import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from django.db.models import CharField, Exists, QuerySet
from django.db.models.functions import Cast

from preau.ent.attendance.models import Absence, Half, Missing
from preau.ent.attendance.queries.absent import covering
from preau.kit.rooms.told import Line, lines
from preau.people.models import Person

SHOWN_FOR = timedelta(days=31)
UNEXPLAINED = "absence_unexplained"  # a kind of line


@dataclass(frozen=True)
class FamilyLine:
    """An absence that was told, as one guardian reads it: the other's reason is not theirs to read."""

    absence: Absence
    is_own: bool


class Unexplained(NamedTuple):
    """An absence that the school noted and nobody told of."""

    pk: uuid.UUID
    child_id: uuid.UUID
    day: date
    half: Half

    @classmethod
    def of(cls, row: tuple):
        """A line of `unexplained_lines`, as read."""
        line = Line(*row)
        return cls(line.target, uuid.UUID(line.name), line.day, Half(line.detail))


def unexplained_lines(children: Iterable, today: date) -> QuerySet:
    """Those of these children (ids), as lines that a family's home reads with others' (kit/rooms/told.py)."""
    rows = _recent(today).filter(~Exists(covering()), kind=Missing.Kind.ABSENT, pupil__in=list(children))
    return lines(rows, UNEXPLAINED, name=Cast("pupil", CharField()), detail="roll_call__half", day="roll_call__day")


def explained(children: Iterable, today: date) -> QuerySet[Missing]:
    """What the appels of the last month found about these children, with `is_told`, whether somebody told of it, and
    `has_reason`; one query."""
    rows = _recent(today).filter(pupil__in=children).select_related("roll_call")
    rows = rows.annotate(is_told=Exists(covering()), has_reason=Exists(covering().exclude(reason="")))
    return rows.order_by("-roll_call__day", "-roll_call__half", "pupil__sort_key")


def _recent(today):
    return Missing.objects.filter(withdrawn_at=None, roll_call__day__gte=today - SHOWN_FOR)


def told_of(children: Iterable, today: date) -> QuerySet[Absence]:
    """Told by whoever, over less than a month ago or to come, the latest first; one query."""
    rows = Absence.objects.live().filter(child__in=children, ends_on__gte=today - SHOWN_FOR)
    return rows.order_by("-starts_on", "-told_at", "id")


def lines_of(person: Person, children: Collection, today: date) -> list[FamilyLine]:
    """The same, with those that this person told."""
    family = Absence.Way.FAMILY
    return [
        FamilyLine(absence, absence.told_by_id == person.pk and absence.way == family)
        for absence in told_of(children, today)
    ]
