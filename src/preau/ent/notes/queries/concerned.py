"""The children a mot concerns: those of its classes and groups that day, or of its school where that has no class, each
of whom one answer is asked.

A child counts when somebody is expected to read for them, or when nobody answers for them; who came to the class long
after the mot is not asked anything. The list of mots, a head's home and the follow-up page count the same.
"""

import datetime
import uuid
from collections.abc import Iterable
from typing import NamedTuple

from django.db.models import CharField, Count, Exists, Min, OuterRef, Q, QuerySet, Subquery, UUIDField
from django.db.models.functions import Cast, Coalesce, TruncDate
from django.db.models.lookups import IsNull

from preau.ent.notes.models import NoteTarget
from preau.kit.names import full_name
from preau.kit.prepared import PreparedOf
from preau.kit.rooms.told import lines, parted
from preau.notify.models import REACHED_BY, Expected
from preau.people.models import Person
from preau.schools.models import Enrolment, GroupMember, Guardianship
from preau.schools.queries import is_insured
from preau.schools.queries.own import is_own

COUNTS = "not_reached"
# Of a target the first key that is set, and where it is in an enrolment.
WAYS = {"child_id": "pupil", "group_id": "", "school_id": "school", "classroom_id": "classroom"}
FACTS = ("is_insured", "is_own", "is_answered_for")
NAMES = ("pupil__first_name", "pupil__usage_name", "pupil__last_name", "classroom__name")
REACHED = Q(*((f"{sign}__isnull", False) for sign in REACHED_BY), _connector=Q.OR)


class Counted(NamedTuple):
    """Of a mot, how many children it concerns, and for how many somebody has read or given a paper back."""

    children_count: int
    reached_count: int
    title: str
    published_on: datetime.date


def children_of(targets: Iterable[NoteTarget], today: datetime.date, reader: Person | None) -> list[tuple]:
    """[(id, name, id of the class, its name, whether they are insured, whether the reader answers for them, whether
    anybody does)] by class and name; one query."""
    aimed = sorted(next((way, key) for way in WAYS if (key := getattr(target, way))) for target in targets)
    ways, ids = tuple(way for way, _ in aimed), [pk for _, pk in aimed]
    rows = _CHILDREN.rows(*ids, *([reader.pk] if reader else []), key=(ways, today))
    found = {
        pk: (pk, full_name(first, usage, last), room_id, room or "", *facts)
        for pk, room_id, first, usage, last, room, *facts in rows
    }
    return list(found.values())


def _children(*given):
    """Given (ids of the places or children aimed at, then of the reader if there is one, their ways, the day). Columns
    and not rows: a school has hundreds of them, each with its pupil and its class."""
    *ids, ways, today = given
    answered = Exists(Guardianship.objects.reached(today).filter(child=OuterRef("pupil")))
    own = is_own(Person(pk=ids[-1]) if len(ids) > len(ways) else None, "pupil")
    rows = _enrolled(zip(ways, ids, strict=False), today)
    rows = rows.annotate(is_own=own, is_insured=is_insured(today), is_answered_for=answered)
    rows = rows.order_by("classroom__order_key", "pupil__sort_key", "pupil_id")
    return rows.values_list("pupil", "classroom", *NAMES, *FACTS)


_CHILDREN = PreparedOf(_children)


def counts_of(targets: QuerySet[NoteTarget], reader: Person, today: datetime.date) -> QuerySet:
    """Lines to read with `read_counts`, of the mots of these targets whose list is frozen: how many children, never the
    reader's own, and how many of them are reached."""
    rows = targets.order_by().filter(note__publication__notice__frozen_at__isnull=False)
    rows = _with_pupil(rows, today)
    expected = Expected.objects.filter(notice=OuterRef("note__publication__notice"), child=OuterRef("pupil"))
    answered = Guardianship.objects.reached(today).filter(child=OuterRef("pupil"))
    own = Guardianship.objects.filter(guardian=reader).values("child")
    rows = rows.filter(Q(_has(expected)) | ~Exists(answered), ~Q(pupil__in=own)).values("note", "note__title")
    reached = Count("pupil", distinct=True, filter=_has(expected.filter(REACHED)))
    rows = rows.annotate(children=Count("pupil", distinct=True), reached=reached)
    day = TruncDate(Min("note__publication__published_at"))  # once a mot: SQLite asks Python for the day
    told = {"detail": Cast("children", CharField()), "more": Cast("reached", CharField()), "target": "note"}
    return lines(rows, COUNTS, name="note__title", day=day, **told)


def _has(expected):
    """As Exists, asked of each row: within an OR or an aggregate PostgreSQL would read the whole table for that."""
    return IsNull(Subquery(expected.values("child")[:1]), False)


def read_counts(rows: Iterable[tuple]) -> tuple[dict[uuid.UUID, "Counted"], list[tuple]]:
    """Such lines among others: ({mot: its counts}, the others)."""
    mine, others = parted(rows, COUNTS)
    return {line.target: Counted(int(line.detail), int(line.more), line.name, line.day) for line in mine}, others


def _enrolled(targets, today):
    """Pupils of these [(way of a target, id)]."""
    inside = Q(pk__in=())
    for way, pk in targets:
        members = GroupMember.objects.current(today).filter(group=pk)
        inside |= Q(pupil__in=members.values("pupil")) if way == "group_id" else Q((WAYS[way], pk))
    return Enrolment.objects.current(today).filter(inside)


def _with_pupil(targets, today):
    """A row for each `pupil` of each of these targets who is enrolled that day."""
    ways = ("classroom__enrolments__", "group__members__", "school__enrolments__")
    inside = Q(*(_current(way, today) for way in ways), _connector=Q.OR)
    rows = targets.filter(Q(child__isnull=False) | inside)
    rows = rows.annotate(pupil=Coalesce("child", *(f"{way}pupil" for way in ways), output_field=UUIDField()))
    enrolled = Exists(Enrolment.objects.current(today).filter(pupil=OuterRef("pupil")))
    return rows.filter(Q(child=None, group=None) | enrolled)


def _current(path, today):
    """As `current`, of what a path of several rows leads to."""
    ends = Q((f"{path}ends_on", None)) | Q((f"{path}ends_on__gte", today))
    return Q((f"{path}starts_on__lte", today)) & ends
