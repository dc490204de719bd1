"""What a home says of announcements: those that this person is expected to read, as lines among others (kit/rooms)."""

import datetime
import uuid
from collections.abc import Iterable
from typing import NamedTuple

from django.db.models import CharField, Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Coalesce, Concat, TruncDate
from django.utils.timezone import make_aware

from preau.ent.announcements.models import Announcement, by_parents, said_by
from preau.ent.announcements.queries.audience import is_for_children, is_targeted
from preau.ent.announcements.queries.parents import WAITS_FOR_HEAD
from preau.kit.rooms.told import Line, lines, parted, word_of
from preau.notify.models import Expected, Level
from preau.people.models import Person
from preau.places.models import School
from preau.spaces.models import Publication

WAITS_FOR = datetime.timedelta(days=30)
LINE = "announcement"
HALF, PROPOSED = "announcement_half", "announcement_proposed"  # what waits for a head
REFUSED, ANSWER_FOR = "announcement_refused", datetime.timedelta(days=14)
NAMES = {"city": "name", "district": "name", "department": "name", "school": "shown_name"}
RANKS = (Level.URGENT, Level.SIGN, Level.INFO)


class Told(NamedTuple):
    """As much of an announcement as a home says."""

    pk: uuid.UUID
    title: str
    level: Level
    sender: str
    is_joint: bool


def team_lines(person: Person, schools: QuerySet[School], today: datetime.date) -> QuerySet:
    """Of who serves in these schools. Of mandates and receipts alone, so that a home asks it among other lines
    (people.prepared)."""
    return _lines(_expected(person).filter(child=None), is_targeted(schools), today, person)


def family_lines(person: Person, children: Iterable[uuid.UUID], today: datetime.date) -> QuerySet:
    """Of a guardian, for one of these children at least."""
    children = list(children)
    expected = _expected(person).filter(child__in=children)
    return _lines(expected, is_for_children(children, today), today, person)


def head_lines(schools: Iterable[School], today: datetime.date) -> list[QuerySet]:
    """Of the head of these schools: the halves that the city asks and nobody wrote, what elected parents wrote."""
    return [lines for school in schools for lines in (_asked_of(school, today), _proposed_in(school))]


def _asked_of(school, today):
    written = Announcement.objects.filter(joined_to=OuterRef("pk"), publication__school=school.pk)
    asked = Announcement.objects.filter(
        is_targeted(School.objects.filter(pk=school.pk)),
        ~Q(publication__state=Publication.State.WITHDRAWN),
        ~Exists(written),
        asks_schools=True,
        publication__created_at__gte=_since(today),
    )
    return lines(asked, HALF, name="title", day=TruncDate("publication__created_at"))


def _proposed_in(school):
    waits = Announcement.objects.filter(WAITS_FOR_HEAD, publication__school=school.pk, confirmed_at=None)
    return lines(waits, PROPOSED, name="title", day=TruncDate("publication__created_at"))


def refused_lines(person: Person, today: datetime.date) -> QuerySet:
    """Of an elected parent: what the head does not send, for a fortnight or until it is written otherwise."""
    refused = Announcement.objects.filter(proposed_by=person, refused_at__date__gte=today - ANSWER_FOR)
    return lines(refused, REFUSED, name="title", day=TruncDate("refused_at"))


def read_refused(rows: Iterable[tuple]) -> tuple[list[Line], list[tuple]]:
    """Such lines among others: (those, the others)."""
    return parted(rows, REFUSED)


def read_asked(rows: Iterable[tuple]) -> tuple[list[Line], list[tuple]]:
    """Such lines among others, each announcement once: (those, the others)."""
    found, others = parted(rows, HALF, PROPOSED)
    return list({line.target: line for line in found}.values()), others


def _since(today):
    return _start_of(today - WAITS_FOR)


def _start_of(day):
    return make_aware(datetime.datetime.combine(day, datetime.time.min))


def _expected(person):
    """What was meant for this person, and not read by them on a screen or on paper."""
    return Expected.objects.filter(person=person, seen_at=None, paper_back_at=None)


def _lines(expected, still, today, person):
    """What reached them when it was published, and `still` does: of the schools, the services where they are today."""
    unread = expected.values("notice__publication")
    rows = Announcement.objects.filter(still, publication__in=unread, publication__published_at__gte=_since(today))
    rows = rows.filter(publication__state=Publication.State.PUBLISHED).exclude(publication__author=person)
    return _as_lines(rows)


def site_lines(announcements: QuerySet[Announcement], today: datetime.date) -> QuerySet:
    """Of who serves in a périscolaire site: what these say to the families, on its day and the next. They are not asked
    to have read it."""
    return _as_lines(announcements.filter(publication__published_at__gte=_start_of(today - datetime.timedelta(days=1))))


def _as_lines(rows):
    whole = Coalesce(Cast("joined_to", CharField()), Cast("pk", CharField()))
    proposed = word_of(Q(proposed_at__isnull=False), "1", "0")
    told = ("level", whole, Cast("asks_schools", CharField()), proposed)
    detail = Concat(*(part for each in told for part in (each, Value(" "))), output_field=CharField())
    names = [Coalesce(f"publication__{place}__{name}", Value("")) for place, name in NAMES.items()]
    more = Concat(*(part for name in names for part in (name, Value("\n"))), output_field=CharField())
    return lines(rows, LINE, name="title", detail=detail, more=more, day=TruncDate("publication__published_at"))


def read_lines(rows: Iterable[tuple]) -> tuple[list[Told], list[tuple]]:
    """Such lines among others: (those, urgent first, the two halves of one as one; the others)."""
    mine, others = parted(rows, LINE)
    found: dict = {}
    for line in sorted(mine, key=lambda line: line.day, reverse=True):
        level, whole, *_ = line.detail.split()
        found.setdefault(whole, (RANKS.index(level), _as_told(line)))
    return [announcement for _, announcement in sorted(found.values(), key=lambda one: one[0])], others


def _as_told(line):
    level, whole, asks_schools, proposed = line.detail.split()
    is_half = whole.replace("-", "") != str(line.target).replace("-", "")
    place, name = next((place, name) for place, name in zip(NAMES, line.more.split("\n"), strict=False) if name)
    is_joint = is_half or asks_schools.lower() in ("1", "true")
    sender = by_parents(said_by(place, name)) if proposed == "1" else said_by(place, name)
    return Told(line.target, line.name, level, sender, is_joint)
