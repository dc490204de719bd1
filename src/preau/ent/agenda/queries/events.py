"""What is coming for a person, by the places they are in today."""

import datetime
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from django.db.models import (
    Case,
    CharField,
    DateTimeField,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, Concat

from preau.ent.agenda.models import Appointment, Event
from preau.kit.rooms.told import lines, parted, word_of
from preau.people.models import Person
from preau.places.models import City, Department, School
from preau.places.queries import Calendar, calendar_of
from preau.spaces import audiences
from preau.spaces.models import Publication, Reach
from preau.spaces.naming import ChildTag
from preau.spaces.queries import open_to_everyone

AT_HOME, FOR_HOME = 4, datetime.timedelta(days=14)
COMING, CANCELLED, TO_CHOOSE = "coming", "coming_cancelled", "coming_to_choose"  # kinds of lines
SPACES = ("classroom", "group", "afterschool", "school", "city")
SHOWN = (
    "publication__author", "publication__classroom__school", "publication__group__school",
    "publication__afterschool", "publication__school", "publication__city",
)  # fmt: skip
HOUR = Coalesce(Cast("begins_at", CharField()), Value(""))


class ToldEvent(NamedTuple):
    """As much of an event as a home says, which reads lines and no row: the same names as an `Event`'s."""

    pk: uuid.UUID
    title: str
    where: str
    first_on: datetime.date
    begins_at: datetime.time | None
    cancelled_at: datetime.datetime | None
    space_id: uuid.UUID | None
    own_at: datetime.datetime | None
    ends_at: None = None
    is_one_day: bool = True


@dataclass(frozen=True)
class Coming:
    """An event, and the children it concerns for the guardian who reads."""

    event: Event | ToldEvent
    tags: tuple[ChildTag, ...] = ()
    asks: bool = False  # a guardian has no appointment there yet, and may take one

    @property
    def day(self) -> datetime.date:
        return self.event.first_on


def spaces_of(memberships: Iterable[audiences.Membership], today: datetime.date) -> list[audiences.Membership]:
    """Of these memberships, those whose events are read today: in a place that has an agenda, and not stopped."""
    return [m for m in memberships if m.is_current(today) and not m.stop_id and m.kind in SPACES]


def reaching(memberships: Iterable[audiences.Membership], today: datetime.date) -> Q:
    """Condition of events: of a place where one is today, to an audience one is in, and nothing stopped."""
    mine = spaces_of(memberships, today)
    reached = Reach.objects.filter(publication=OuterRef("publication"), audience__in={m.audience for m in mine})
    return Q(Exists(reached), space_id__in={m.place_id for m in mine})


def coming(
    memberships: Iterable[audiences.Membership],
    today: datetime.date,
    *,
    since: datetime.date,
    until: datetime.date,
    tags: Mapping[uuid.UUID, ChildTag] | None = None,
    person: Person | None = None,
) -> list[Coming]:
    """Events of these days, the first ones first; one query. `tags`: those of the reader's children. `person`: a
    guardian, whose first appointment of a round is read with it (`own_at`)."""
    own = own_in(person)
    own_at = Subquery(own.values("slot__starts_at")[:1]) if person else Value(None, DateTimeField())
    events = Event.objects.filter(
        reaching(memberships, today),
        publication__state=Publication.State.PUBLISHED,
        first_on__lte=until,
        last_on__gte=since,
    )
    events = (
        events.annotate(own_at=own_at)
        .select_related("round", *SHOWN)
        .order_by("first_on", F("begins_at").asc(nulls_first=True), "id")
    )
    return [told_of(event, memberships, today, tags or {}, bool(person) and _asks(event)) for event in events]


def public_events(school: School, today: datetime.date, most: int = 12) -> QuerySet[Event]:
    """What the school tells everyone, the first to come first; nothing while its public site is stopped."""
    here = Reach.objects.filter(open_to_everyone(), audience=audiences.public_key(school))
    told = Event.objects.filter(
        Exists(here.filter(publication=OuterRef("publication"))),
        space_id=school.pk,
        last_on__gte=today,
        publication__state=Publication.State.PUBLISHED,
    )
    return told.order_by("first_on", "begins_at", "id")[:most]


def family_lines(person: Person, memberships, today: datetime.date) -> QuerySet:
    """The same, of a guardian's children, as lines of a home that asks several things at once; what they may still
    choose is told however far it is."""
    own = own_in(person)
    asks = Q(round__isnull=False, cancelled_at=None) & ~Exists(own)
    events = Event.objects.filter(reaching(memberships, today), publication__state=Publication.State.PUBLISHED)
    soon = events.filter(asks | Q(first_on__lte=today + FOR_HOME), last_on__gte=today)
    kind = Case(
        When(~Q(cancelled_at=None), then=Value(CANCELLED)),
        When(asks, then=Value(TO_CHOOSE)),
        default=Value(COMING),
        output_field=CharField(),
    )
    own_at = Coalesce(Cast(Subquery(own.values("slot__starts_at")[:1]), CharField()), Value(""))
    more = Concat(Cast("space_id", CharField()), Value(" "), HOUR, Value(" "), own_at, output_field=CharField())
    return lines(soon, kind, name="title", detail="where", more=more, day="first_on")


def own_in(person: Person) -> QuerySet[Appointment]:
    """Of an event: the appointments that this guardian has there, the first one first."""
    return Appointment.objects.filter(round__event=OuterRef("pk"), guardian=person).order_by("slot__starts_at")


def read_family_lines(rows, memberships, today: datetime.date, tags: Mapping) -> tuple[list[Coming], list[tuple]]:
    """Such lines among others: (those, with the tags of the children in each place, what asks first; the others)."""
    mine, others = parted(rows, COMING, CANCELLED, TO_CHOOSE)
    found = []
    for line in mine:
        space, hour, own_at = line.more.split(" ", 2)
        event = _as_told(line, hour, uuid.UUID(space), _instant(own_at))
        found.append(told_of(event, memberships, today, tags, line.kind == TO_CHOOSE))
    found.sort(key=lambda one: (not one.asks, one.day, one.event.begins_at or datetime.time.min))
    return found[:AT_HOME], others


def _instant(text):
    """What a base writes of an instant, in UTC."""
    found = datetime.datetime.fromisoformat(text.replace(" ", "T", 1)) if text else None
    return found and (found if found.tzinfo else found.replace(tzinfo=datetime.UTC))


def reaching_lines(memberships, today: datetime.date) -> QuerySet:
    """Of what reaches these memberships, the next fortnight as lines of a home."""
    events = Event.objects.filter(reaching(memberships, today), publication__state=Publication.State.PUBLISHED)
    return coming_lines(events, today)


def coming_lines(events: QuerySet[Event], today: datetime.date):
    """The same fortnight as lines of a home that asks several things at once (kit/rooms/told.py)."""
    soon = events.filter(last_on__gte=today, first_on__lte=today + FOR_HOME)
    kind = word_of(Q(cancelled_at=None), COMING, CANCELLED)
    return lines(soon, kind, name="title", detail="where", more=HOUR, day="first_on")


def read_coming(rows: Iterable[tuple]) -> tuple[list[Coming], list[tuple]]:
    """Such lines among others: (those, the others)."""
    found, others = parted(rows, COMING, CANCELLED)
    return [
        Coming(_as_told(line, line.more)) for line in sorted(found, key=lambda line: (line.day, line.more))[:AT_HOME]
    ], others


def _as_told(line, hour, space_id=None, own_at=None):
    begins_at = datetime.time.fromisoformat(hour) if hour else None
    cancelled_at = datetime.datetime.min if line.kind == CANCELLED else None
    return ToldEvent(line.target, line.name, line.detail, line.day, begins_at, cancelled_at, space_id, own_at)


def _asks(event):
    return hasattr(event, "round") and not (event.cancelled_at or event.own_at)


def told_of(event: Event | ToldEvent, memberships, today: datetime.date, tags: Mapping, asks: bool = False) -> Coming:
    """The event with the tags of the children who are in its place."""
    there = [m.child_id for m in memberships if m.place_id == event.space_id and m.is_current(today)]
    return Coming(event, tuple(tag for child_id, tag in tags.items() if child_id in there), asks)


def calendar_of_spaces(memberships: Iterable[audiences.Membership], today: datetime.date) -> Calendar:
    """The days without class that all these places share: the zone when it is one, the public holidays of one
    département or of the whole country; one query."""
    current = [m for m in memberships if m.is_current(today)]
    cities = {m.place_id for m in current if m.kind == audiences.CITY}
    sites = {m.place_id for m in current if m.kind == audiences.AFTERSCHOOL}  # their teams belong to no school
    known = City.objects.filter(Q(pk__in=cities) | Q(afterschools__in=sites))
    calendars = {calendar_of(department) for department in Department.objects.filter(cities__in=known)}
    if len(calendars) > 1:  # of two départements, what they share
        calendars = {replace(calendar, code="") for calendar in calendars}
    return calendars.pop() if len(calendars) == 1 else Calendar()
