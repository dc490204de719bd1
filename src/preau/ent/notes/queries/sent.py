"""The mots of a place, and for how many children nobody has read each."""

import datetime
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from preau.ent.notes.models import Note, NoteTarget
from preau.ent.notes.queries.concerned import counts_of, read_counts
from preau.ent.notes.queries.family import SHOWN
from preau.kit.rows import in_any
from preau.people.models import Person
from preau.places.models import School, kind_of
from preau.spaces.models import Publication

RECENT = datetime.timedelta(days=30)
LAST = 8  # mots of a school that its head's home looks at: a month has sixty of them, of thousands of families


@dataclass(frozen=True)
class Sent:
    """A mot and the children it concerns: `None` as long as nobody is counted."""

    note: Note
    children_count: int | None = None
    reached_count: int = 0

    @property
    def to_reach_count(self) -> int:
        return (self.children_count or 0) - self.reached_count


def notes_sent_to(notes: QuerySet[Note], place) -> QuerySet[Note]:
    """Mots to a place, or to a school, its classes and its groups, among those already visible; the newest first."""
    ways = ("classroom__school", "group__school", "school") if isinstance(place, School) else (kind_of(place),)
    here = (NoteTarget.objects.filter((way, place)).values("note") for way in ways)
    return notes.filter(in_any("pk", *here)).select_related(*SHOWN).order_by("-publication__created_at", "id")


def with_reach(notes: Iterable[Note], rows: Iterable[tuple]) -> list[Sent]:
    """Each with how many children are reached, of the lines of `counts_of`, as its follow-up counts them: nobody before
    its list is frozen."""
    counted, _ = read_counts(rows)
    return [Sent(note, *counted.get(note.pk, ())[:2]) for note in notes]


@dataclass(frozen=True)
class NotReached:
    """A mot that nobody has read for some child."""

    note_id: uuid.UUID
    title: str
    published_on: datetime.date
    children_count: int
    to_reach_count: int


def not_reached(
    notes: QuerySet[Note],
    targets: QuerySet[NoteTarget],
    reader: Person,
    since: datetime.datetime,
    now: datetime.datetime,
    today: datetime.date,
) -> QuerySet:
    """Lines of the last mots published since then, of their children among these targets, once what warns of them may
    leave (before, nobody could have read), for `read_not_reached`; several rooms' lines are one query
    (kit/rooms/told.py)."""
    recent = notes.filter(publication__state=Publication.State.PUBLISHED, publication__published_at__gte=since)
    recent = recent.filter(publication__notice__leaves_at__lte=now).order_by("-publication__published_at")[:LAST]
    return counts_of(targets.filter(note__in=recent.values("pk")), reader, today)


def read_not_reached(rows: Iterable[tuple], limit: int) -> tuple[list[NotReached], list[tuple]]:
    """Such lines among others: (the mots that nobody has read for some child, the most children first; the others)."""
    counted, others = read_counts(rows)
    found = [
        NotReached(pk, one.title, one.published_on, one.children_count, one.children_count - one.reached_count)
        for pk, one in counted.items()
        if one.children_count > one.reached_count
    ]
    return sorted(found, key=lambda sent: -sent.to_reach_count)[:limit], others


def school_of(note: Note) -> School:
    """The school whose families a mot is for."""
    place = note.publication.place
    return place if isinstance(place, School) else place.school
