"""What a home is made of: the stream of a person with its posts, and each child's name tag."""

import datetime
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.timezone import make_aware

from preau.ent.homework.models import HOMEWORK, DueDay
from preau.ent.posts.models import KIND as POST
from preau.ent.posts.queries import week_told
from preau.ent.writings.models import KIND as WRITING
from preau.kit.rooms import given_by_rooms
from preau.people.models import Person
from preau.places.models import Classroom
from preau.spaces import audiences
from preau.spaces.kinds import Kind, Reader
from preau.spaces.models import Publication, Reach
from preau.spaces.naming import CITY_TAG, ChildTag, child_tags
from preau.spaces.queries import Position, children_of, feed_positions, select_memberships, stops

MOST_SAID = 40  # in a week, to choose from
THURSDAY = 3
PAGE = 8  # eight thumbnails stay within the weight of a page (users.md §3.1)
HOME = 4  # on a family's home, under all that waits for it


@dataclass(frozen=True)
class Entry:
    """One thing of a page: what its kind draws, by its template, and the children it concerns."""

    template: str
    item: object
    tags: tuple[ChildTag, ...] = ()


@dataclass
class Home:
    """A page of a person's stream; each entry comes with the tags of the children it concerns."""

    entries: list[Entry] = field(default_factory=list)
    after: Position | None = None
    tags: list[ChildTag] = field(default_factory=list)
    stopped: list[str] = field(default_factory=list)  # what is not shown for now, and why
    watch: str = ""  # the places whose stops change this page while it is open

    @property
    def shown(self) -> dict:
        """What the page of a stream is drawn with."""
        return {"entries": self.entries, "stopped": self.stopped, "watch": self.watch}

    @property
    def at_school(self) -> list[ChildTag]:
        """The children who are enrolled that day: one who has left, or is not there yet, has no absence to tell."""
        return [tag for tag in self.tags if tag.enrolment]


@cache
def kinds() -> dict[str, Kind]:
    """Every kind of publication that a room draws, by name: each lists its own in `stream.py`."""
    return {kind.name: kind for kind in given_by_rooms("stream", "KINDS")}


def stream(
    reader: Reader,
    memberships: Iterable[audiences.Membership],
    *,
    profiles: Iterable[str] | None = None,
    only: Iterable[str] | None = None,
    before: Position | None = None,
    limit: int = PAGE,
) -> Home:
    """What reaches these memberships, of every kind; one query, and those of each kind on the page (posts: two). One
    more while something of it is stopped."""
    chosen = select_memberships(memberships, profiles=profiles, only=only)
    return Home(*_entries(reader, chosen, before, limit), **_stopped(chosen, reader))


def family_stream(
    reader: Reader,
    memberships: Iterable[audiences.Membership],
    children: Iterable[Person],
    *,
    child_id: uuid.UUID | None = None,
    before: Position | None = None,
) -> Home:
    """A guardian's stream, all children or one's own page, the child's name on each thing when they are several: a
    few on the home, then page after page; no query more."""
    mine = select_memberships(memberships, profiles=(audiences.Profile.FAMILY,), child=child_id)
    tags = child_tags(children, children_of(memberships, reader.today))
    entries = _entries(reader, mine, before, PAGE if before else HOME, tags if len(tags) > 1 else {})
    return Home(*entries, list(tags.values()), **_stopped(mine, reader))


def _stopped(memberships, reader):
    notices = stops.notices(memberships, reader.today)
    return {"stopped": notices, "watch": stops.watched(memberships, reader.today)}


def _entries(reader, memberships, before, limit, tags=None):
    """(a full page of what can be drawn, where the next starts): what a room gives no longer leaves no hole."""
    entries = []
    while True:
        wanted = limit - len(entries)
        feed = feed_positions(memberships, reader.today, kinds=tuple(kinds()), before=before, limit=wanted)
        drawn = _drawn(feed.items, reader)
        entries += [
            Entry(template, item, _tags_of(item, tags or {}))
            for template, item in (drawn[one.publication_id] for one in feed.items if one.publication_id in drawn)
        ]
        before = feed.after
        if before is None or len(entries) == limit:
            return entries, before


def _drawn(items, reader):
    """{publication id: (template, what it draws)}; what reaches a page says its kind, so each room is asked its own."""
    return {
        publication_id: (kind.template, item)
        for kind in kinds().values()
        for publication_id, item in kind.items_for([one for one in items if one.kind == kind.name], reader).items()
    }


def _tags_of(item, tags):
    if tags and item.publication.is_of_city:
        return (CITY_TAG,)
    return tuple(tag for child_id, tag in tags.items() if child_id in item.child_ids)


@dataclass(frozen=True)
class SpaceMembers:
    """Who a space holds: its adults by name, its pupils in number; its families too, None for who is not told."""

    adults: list[audiences.Member]
    pupils_count: int
    parents_count: int | None


def space_members(place, today: datetime.date, *, counts_parents: bool) -> SpaceMembers:
    """From the same rows as « Qui verra »; one query.

    Families are not told how many parents there are: one less in a class of a few tells of a judge's decision.
    """
    members = audiences.members_of(audiences.keys(place), today)
    profile = audiences.Profile
    return SpaceMembers(
        audiences.adults_of(members),
        len({m.person_id for m in members if m.profile == profile.PUPIL}),
        len({m.person_id for m in members if m.profile == profile.FAMILY}) if counts_parents else None,
    )


def said_in_week(classroom: Classroom, week: datetime.date) -> list[Publication]:
    """What the families of a class were told from this Monday on: its posts, its pupils' texts, its leçons, the first
    said first. One query."""
    until = week + datetime.timedelta(days=7)
    begins, ends = (make_aware(datetime.datetime.combine(day, datetime.time())) for day in (week, until))
    said = Q(kind__in=(POST, WRITING), published_at__gte=begins, published_at__lt=ends, post__told_week=None)
    due = DueDay.objects.filter(assignment=OuterRef("assignment"), day__gte=week, day__lt=until, cancelled_at=None)
    learnt = Q(Exists(due), kind=HOMEWORK)
    families = audiences.keys(classroom, [audiences.Readers.FAMILIES])
    here = Publication.objects.filter(classroom=classroom, state=Publication.State.PUBLISHED)
    found = here.filter(said | learnt, pk__in=Reach.objects.filter(audience__in=families).values("publication"))
    return list(found.order_by("published_at", "id")[:MOST_SAID])


def with_week(classrooms: QuerySet[Classroom], today: datetime.date) -> QuerySet[Classroom]:
    """Classrooms, each with whether its families were told this week: `is_week_told`."""
    return classrooms.annotate(is_week_told=week_told(today - datetime.timedelta(days=today.weekday())))


def offers_week(classroom: Classroom, today: datetime.date) -> bool:
    """From Thursday on, until the week is told; one query from then on, none of a class read `with_week`."""
    if today.weekday() < THURSDAY:
        return False
    read = [classroom] if hasattr(classroom, "is_week_told") else _told(classroom, today)
    return not all(each.is_week_told for each in read)


def _told(classroom, today):
    return with_week(Classroom.objects.filter(pk=classroom.pk), today)
