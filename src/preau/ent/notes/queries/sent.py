"""The mots of a place, and how many families each has not reached."""

import datetime
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from django.db.models import CharField, Count, F, Min, Q, QuerySet
from django.db.models.functions import Cast, TruncDate

from preau.ent.notes.models import Note, NoteTarget
from preau.ent.notes.queries.family import SHOWN
from preau.kit.prepared import Prepared, one_of_asked
from preau.kit.rooms.told import lines, parted
from preau.kit.rows import in_any
from preau.notify.models import REACHED_BY, Expected
from preau.places.models import School, kind_of
from preau.spaces.models import Publication

EXPECTED = "publication__notice__expected__"
NOT_REACHED = "not_reached"
RECENT = datetime.timedelta(days=30)


@dataclass(frozen=True)
class Sent:
    """A mot and its families, each child one: `None` as long as nobody is counted."""

    note: Note
    children_count: int | None = None
    reached_count: int = 0

    @property
    def to_reach_count(self) -> int:
        return (self.children_count or 0) - self.reached_count


def notes_sent_to(notes: QuerySet[Note], place) -> QuerySet[Note]:
    """Mots to a place, or to the classes and groups of a school, among those already visible; the newest first."""
    ways = ("classroom__school", "group__school") if isinstance(place, School) else (kind_of(place),)
    here = (NoteTarget.objects.filter((way, place)).values("note") for way in ways)
    return notes.filter(in_any("pk", *here)).select_related(*SHOWN).order_by("-publication__created_at", "id")


def with_reach(notes: Iterable[Note]) -> list[Sent]:
    """Each with how many families are reached: a child none of whose guardians has read, nor given a paper back, is a
    family not reached; one query."""
    notes = list(notes)
    counted = _counts([note.publication_id for note in notes]) if notes else {}
    return [Sent(note, *counted.get(note.publication_id, ())) for note in notes]


@dataclass(frozen=True)
class NotReached:
    """A mot that some family has not received."""

    note_id: uuid.UUID
    title: str
    published_on: datetime.date
    children_count: int
    to_reach_count: int


def not_reached(notes: QuerySet[Note], since: datetime.datetime, now: datetime.datetime) -> QuerySet:
    """Mots published since then that some family has not received, once what warns them may leave (before, nobody could
    know), as lines to read with `read_not_reached`; several rooms' lines are one query (kit/rooms/told.py)."""
    recent = notes.filter(publication__state=Publication.State.PUBLISHED, publication__published_at__gte=since)
    recent = recent.filter(publication__notice__leaves_at__lte=now)
    rows = recent.filter(publication__notice__expected__child__isnull=False).order_by()
    rows = rows.values("id", "title").annotate(
        children=Count("publication__notice__expected__child", distinct=True),
        reached=Count("publication__notice__expected__child", distinct=True, filter=_reached(EXPECTED)),
    )
    counts = {"detail": Cast("children", CharField()), "more": Cast("reached", CharField())}
    day = TruncDate(Min("publication__published_at"))  # once a mot: SQLite asks Python for the day
    return lines(rows.filter(children__gt=F("reached")), NOT_REACHED, name="title", day=day, **counts)


def read_not_reached(rows: Iterable[tuple], limit: int) -> tuple[list[NotReached], list[tuple]]:
    """Such lines among others: (those, the most families to reach first; the others)."""
    mine, others = parted(rows, NOT_REACHED)
    found = [
        NotReached(line.target, line.name, line.day, int(line.detail), int(line.detail) - int(line.more))
        for line in mine
    ]
    return sorted(found, key=lambda sent: -sent.to_reach_count)[:limit], others


def school_of(note: Note) -> School:
    """The school whose families a mot is for."""
    place = note.publication.place
    return place if isinstance(place, School) else place.school


def _counts(publications):
    return {publication: counts for publication, *counts in _prepared_counts(len(publications)).rows(*publications)}


@lru_cache(maxsize=32)
def _prepared_counts(count):
    rows = Expected.objects.filter(one_of_asked("notice__publication", count), child__isnull=False).order_by()
    return Prepared(
        rows.values_list("notice__publication").annotate(
            children=Count("child", distinct=True), reached=Count("child", distinct=True, filter=_reached(""))
        )
    )


def _reached(path):
    return Q(*((f"{path}{sign}__isnull", False) for sign in REACHED_BY), _connector=Q.OR)
