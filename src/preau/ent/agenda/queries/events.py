"""What is coming for a person, by the places they are in today."""

import datetime
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Coalesce, Concat

from preau.ent.agenda.models import Event
from preau.kit.rooms.told import Line, lines, word_of
from preau.places.models import City, School
from preau.places.queries import zone_of
from preau.spaces import audiences
from preau.spaces.models import Publication, Reach
from preau.spaces.naming import ChildTag

AT_HOME, FOR_HOME = 4, datetime.timedelta(days=14)
COMING, CANCELLED = "coming", "coming_cancelled"  # kinds of lines
SPACES = ("classroom", "group", "afterschool", "school", "city")
SHOWN = (
    "publication__author", "publication__classroom__school", "publication__group__school",
    "publication__afterschool", "publication__school", "publication__city",
)  # fmt: skip
HOUR = Coalesce(Cast("begins_at", CharField()), Value(""))


@dataclass(frozen=True)
class Coming:
    """An event, and the children it concerns for the guardian who reads."""

    event: Event
    tags: tuple[ChildTag, ...] = ()

    @property
    def day(self) -> datetime.date:
        return self.event.first_on


def reaching(memberships: Iterable[audiences.Membership], today: datetime.date) -> Q:
    """Condition of events: of a place where one is today, to an audience one is in, and nothing stopped."""
    mine = [m for m in memberships if m.is_current(today) and not m.stop_id and m.kind in SPACES]
    reached = Reach.objects.filter(publication=OuterRef("publication"), audience__in={m.audience for m in mine})
    return Q(Exists(reached), space_id__in={m.place_id for m in mine})


def coming(
    memberships: Iterable[audiences.Membership],
    today: datetime.date,
    *,
    since: datetime.date,
    until: datetime.date,
    tags: Mapping[uuid.UUID, ChildTag] | None = None,
    limit: int | None = None,
) -> list[Coming]:
    """Events of these days, the first ones first; one query. `tags`: those of the reader's children."""
    events = Event.objects.filter(
        reaching(memberships, today),
        publication__state=Publication.State.PUBLISHED,
        last_on__gte=since,
        first_on__lte=until,
    )
    events = events.select_related(*SHOWN).order_by("first_on", F("begins_at").asc(nulls_first=True), "id")
    return [told_of(event, memberships, today, tags or {}) for event in events[:limit]]


def public_events(school: School, today: datetime.date, most: int = 12) -> QuerySet[Event]:
    """What the school tells everyone, the first to come first."""
    told = Event.objects.filter(
        space_id=school.pk,
        last_on__gte=today,
        publication__state=Publication.State.PUBLISHED,
        publication__reaches__audience=audiences.public_key(school),
    )
    return told.order_by("first_on", "begins_at", "id")[:most]


def family_lines(memberships, today: datetime.date) -> QuerySet:
    """The same, of one's children, as lines of a home that asks several things at once."""
    events = Event.objects.filter(reaching(memberships, today), publication__state=Publication.State.PUBLISHED)
    soon = events.filter(last_on__gte=today, first_on__lte=today + FOR_HOME)
    kind = word_of(Q(cancelled_at=None), COMING, CANCELLED)
    where = Concat(Cast("space_id", CharField()), Value(" "), HOUR, output_field=CharField())
    return lines(soon, kind, name="title", detail="where", more=where, day="first_on")


def read_family_lines(rows, memberships, today: datetime.date, tags: Mapping) -> tuple[list[Coming], list[tuple]]:
    """Such lines among others: (those, with the tags of the children in each place, the others)."""
    rows = list(rows)
    found = [Line(*row) for row in rows if row[0] in (COMING, CANCELLED)]
    events = []
    for line in found:
        space, _, hour = line.more.partition(" ")
        events.append(_as_told(line._replace(more=hour)))
        events[-1].space_id = uuid.UUID(space)
    events.sort(key=lambda event: (event.first_on, event.begins_at or datetime.time.min))
    others = [row for row in rows if row[0] not in (COMING, CANCELLED)]
    return [told_of(event, memberships, today, tags) for event in events[:AT_HOME]], others


def coming_at_home(memberships, today, tags=None) -> list[Coming]:
    """The few of the next fortnight, for « Aujourd’hui »; one query."""
    return coming(memberships, today, since=today, until=today + FOR_HOME, tags=tags, limit=AT_HOME)


def coming_lines(events: QuerySet[Event], today: datetime.date):
    """The same fortnight as lines of a home that asks several things at once (kit/rooms/told.py)."""
    soon = events.filter(last_on__gte=today, first_on__lte=today + FOR_HOME)
    kind = word_of(Q(cancelled_at=None), COMING, CANCELLED)
    return lines(soon, kind, name="title", detail="where", more=HOUR, day="first_on")


def read_coming(rows: Iterable[tuple]) -> tuple[list[Coming], list[tuple]]:
    """Such lines among others: (those, the others)."""
    rows = list(rows)
    found = [Line(*row) for row in rows if row[0] in (COMING, CANCELLED)]
    others = [row for row in rows if row[0] not in (COMING, CANCELLED)]
    return [Coming(_as_told(line)) for line in sorted(found, key=lambda line: (line.day, line.more))[:AT_HOME]], others


def _as_told(line):
    """As much of the event as a home says."""
    hour = datetime.time.fromisoformat(line.more) if line.more else None
    cancelled_at = datetime.datetime.min if line.kind == CANCELLED else None
    return Event(
        pk=line.target,
        title=line.name,
        where=line.detail,
        first_on=line.day,
        last_on=line.day,
        begins_at=hour,
        cancelled_at=cancelled_at,
    )


def told_of(event: Event, memberships, today: datetime.date, tags: Mapping) -> Coming:
    """The event with the tags of the children who are in its place."""
    there = [m.child_id for m in memberships if m.place_id == event.space_id and m.is_current(today)]
    return Coming(event, tuple(tag for child_id, tag in tags.items() if child_id in there))


def zone_of_spaces(memberships: Iterable[audiences.Membership], today: datetime.date) -> str | None:
    """The zone of school holidays of these places, None when they are of several or of none we know; one query."""
    cities = {m.place_id for m in memberships if m.kind == audiences.CITY and m.is_current(today)}
    academies = City.objects.filter(pk__in=cities).values_list("department__academy", flat=True).distinct()
    zones = {zone_of(academy) for academy in academies} if cities else set()
    return zones.pop() if len(zones) == 1 else None
