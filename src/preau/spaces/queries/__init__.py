"""Reading the stream: what reaches a person, newest first, each thing once, at a cost that age does not change."""

import datetime
import functools
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from preau.kit.prepared import Asked, Prepared
from preau.people.models import Person
from preau.spaces import audiences
from preau.spaces.models import Generation, Publication, Reach, Stop

PAGE = 20


class Position(NamedTuple):
    """Where a thing stands in a feed; a page starts after one. Written « 2026-11-25T08:00:00+00:00_0192… »."""

    at: datetime.datetime
    publication_id: uuid.UUID

    def __str__(self):
        return f"{self.at.astimezone(datetime.UTC).isoformat()}_{self.publication_id.hex}"

    @classmethod
    def read(cls, text: str) -> "Position | None":
        """From the address of a page; None when it is not a position."""
        moment, _, hexa = text.partition("_")
        try:
            at = datetime.datetime.fromisoformat(moment)
            return cls(at, uuid.UUID(hexa)) if at.tzinfo else None
        except ValueError:
            return None


@dataclass(frozen=True)
class Item:
    """One thing of a feed and why it is there: its audiences and, for a guardian, the children concerned."""

    position: Position
    audiences: tuple[str, ...]
    child_ids: tuple[uuid.UUID, ...]
    kind: str = ""
    publication: Publication | None = None

    @property
    def publication_id(self) -> uuid.UUID:
        return self.position.publication_id


@dataclass(frozen=True)
class Feed:
    """A page of a feed; `after` is where the next page starts, None at the end."""

    items: list[Item] = field(default_factory=list)
    after: Position | None = None

    @property
    def publication_ids(self) -> list[uuid.UUID]:
        return [item.publication_id for item in self.items]


def feed_positions(
    memberships: Iterable[audiences.Membership],
    today: datetime.date,
    *,
    kinds: tuple[str, ...] | None = None,
    before: Position | None = None,
    limit: int = PAGE,
) -> Feed:
    """What these memberships may read, newest first: one short read per audience, merged; one query.

    `kinds` are those that the page knows how to draw: the others are passed over in the read, so that none is missing
    from its page.
    """
    memberships = list(memberships)
    readable = _readable(memberships, today)
    if not readable:
        return Feed()
    if before is None and all(spans is None for spans in readable.values()):  # what nearly everyone reads first
        rows = _first_page(len(readable), limit, kinds).rows(*readable)
    else:
        rows = _merged(_short_read(audience, spans, before, limit, kinds) for audience, spans in readable.items())
    found, kind_at = {}, {}
    for at, publication_id, audience, kind in rows:
        position = Position(at, publication_id)
        found.setdefault(position, []).append(audience)
        kind_at[position] = kind
    order = sorted(found, reverse=True)
    items = [_item(at, kind_at[at], sorted(found[at]), memberships, today) for at in order[:limit]]
    return Feed(items, order[limit - 1] if len(order) > limit else None)


def feed(
    person: Person,
    today: datetime.date,
    *,
    before: Position | None = None,
    child: uuid.UUID | None = None,
    profiles: Iterable[str] | None = None,
    only: Iterable[str] | None = None,
    limit: int = PAGE,
) -> Feed:
    """A person's stream with its publications; three queries whatever the age of the base.

    `child` keeps what reaches this child's families, `profiles` what one receives as such, `only` some audiences.
    """
    memberships = select_memberships(audiences.memberships_of(person, today), child=child, profiles=profiles, only=only)
    page = feed_positions(memberships, today, before=before, limit=limit)
    loaded = Publication.objects.select_related(
        "author", "classroom", "group", "afterschool", "school", "network", "city"
    )
    by_id = loaded.in_bulk(page.publication_ids) if page.items else {}
    items = [replace(item, publication=by_id[item.publication_id]) for item in page.items]
    return Feed(items, page.after)


def select_memberships(memberships, *, child=None, profiles=None, only=None) -> list[audiences.Membership]:
    """Of these memberships, those for a child, of some profiles, in some audiences."""
    return [
        m
        for m in memberships
        if (child is None or m.child_id == child)
        and (profiles is None or m.profile in profiles)
        and (only is None or m.audience in only)
    ]


def published_to(memberships, today: datetime.date, *, also_public: bool = True) -> Q:
    """What these memberships may read, as a condition for single loads; the public pages are for everyone. Of a kind
    that is never on a public page, `also_public=False` spares the question."""
    return _reaching(memberships, today, Publication.State.PUBLISHED, also_public)


def recalled_from(memberships, today: datetime.date) -> Q:
    """What these memberships would read, had it not been withdrawn."""
    return _reaching(memberships, today, Publication.State.WITHDRAWN)


def stopped_for(memberships, today: datetime.date) -> Q:
    """What these memberships would read, were nothing stopped."""
    return _reaching([m._replace(stop_id=None) for m in memberships], today, Publication.State.PUBLISHED)


def reaches_of(memberships: Iterable[audiences.Membership], today: datetime.date, *, also_public=False) -> QuerySet:
    """The reaches that these memberships read; `also_public`, those of public sites too."""
    reached, whole = _public() if also_public else Q(), []
    for audience, spans in _readable(memberships, today).items():
        if spans is None:
            whole.append(audience)
        else:
            reached |= Q(audience=audience) & _within(spans)
    return Reach.objects.filter(reached | Q(audience__in=whole))


def _public():
    return Q(audience__startswith=f"{audiences.PUBLIC}:") & open_to_everyone()


def published_in(reached: list, *, also_public: bool = True) -> Q:
    """What these audiences may read, or expressions of them, and what is public: as `published_to`, of those read
    whole."""
    read = Q(audience__in=reached)
    reaches = Reach.objects.filter(_public() | read if also_public else read, publication=OuterRef("pk"))
    return Q(Exists(reaches), state=Publication.State.PUBLISHED)


def audiences_read_whole(memberships: Iterable[audiences.Membership], today: datetime.date) -> list[str] | None:
    """Those that these memberships read; None when one of them is read for some days alone."""
    readable = _readable(memberships, today)
    return list(readable) if all(spans is None for spans in readable.values()) else None


def said_while_in(memberships: Iterable[audiences.Membership], today: datetime.date, at: str) -> Q:
    """Of things hung on a publication and said at the instant `at`: its audiences hold one of these memberships today,
    or held one that day. Who left, and reads what was published then, reads nothing that is said there since."""
    said = Q(pk__in=[])
    for audience, spans in _readable(memberships, today).items():
        reached = Exists(Reach.objects.filter(publication=OuterRef("publication"), audience=audience))
        said |= Q(reached) & _within(spans, at)
    return said


def _reaching(memberships, today, state, also_public=True):
    reaches = reaches_of(memberships, today, also_public=also_public)
    return Q(Exists(reaches.filter(publication=OuterRef("pk"))), state=state)


def public_publications(school, *, before: Position | None = None, limit: int = PAGE) -> Feed:
    """What anyone may read of a school, newest first; one query."""
    audience = audiences.public_key(school)
    rows = _short_read(audience, None, before, limit, also=open_to_everyone()).values_list("at", "publication_id")
    order = [Position(*row) for row in rows]
    items = [Item(position, (audience,), ()) for position in order[:limit]]
    return Feed(items, order[limit - 1] if len(order) > limit else None)


@functools.cache
def open_to_everyone() -> Q:
    """Of the reaches of public pages, those whose site is not stopped; a condition, built once."""
    stops = Stop.objects.open().filter(readers=Stop.Readers.PUBLIC)
    own = Q(school=OuterRef("publication__school"), part=Stop.Part.WHOLE)
    return ~Exists(stops.filter(own | Q(city=OuterRef("publication__school__city"))))


def public_generation(place_id: uuid.UUID) -> int:
    """The number in the key of this place's public pages."""
    return next(iter(_GENERATION.rows(place_id)), 0)


_GENERATION = Prepared(Generation.objects.filter(place_id=Asked()).values_list("number", flat=True))


def children_of(memberships: Iterable[audiences.Membership], today: datetime.date) -> list[uuid.UUID]:
    """Ids of the children a guardian answers for today, as the audiences know them."""
    return list(dict.fromkeys(m.child_id for m in memberships if m.child_id and m.is_current(today)))


def _readable(memberships, today):
    """Audience → None (everything: one is in it today) or the spans of days when one was in it; nothing of what is
    stopped. A child who left a class that is stopped reads what came since."""
    readable = {}
    apart = {m.audience for m in memberships if m.stop_id and m.kind == audiences.CHILD}
    for membership in memberships:
        if membership.stop_id:
            continue
        spans = readable.setdefault(membership.audience, [])
        if spans is None or (membership.is_current(today) and membership.audience not in apart):
            readable[membership.audience] = None
        else:
            spans.append((membership.since, membership.until))
    return readable


@functools.lru_cache(maxsize=64)
def _first_page(audiences_count, limit, kinds):
    asked = (Asked(rank, models.CharField) for rank in range(audiences_count))
    return Prepared(_merged(_short_read(audience, None, None, limit, kinds) for audience in asked))


def _merged(branches):
    columns = ("at", "publication_id", "audience", "publication__kind")
    first, *others = [Reach.objects.filter(pk__in=branch.values("pk")).values_list(*columns) for branch in branches]
    return first.union(*others, all=True)


def _short_read(audience, spans, before, limit, kinds=None, also=None):
    known = {} if kinds is None else {"publication__kind__in": kinds}
    reaches = Reach.objects.filter(
        also or Q(), audience=audience, publication__state=Publication.State.PUBLISHED, **known
    )
    if spans is not None:
        reaches = reaches.filter(_within(spans))
    if before is not None:
        reaches = reaches.filter(at__lte=before.at).filter(
            Q(at__lt=before.at) | Q(publication_id__lt=before.publication_id)
        )
    return reaches.order_by("-at", "-publication_id")[: limit + 1]


def _within(spans, at="at"):
    if spans is None:
        return Q()
    inside = Q(pk__in=[])
    for since, until in spans:
        ends = {f"{at}__lt": _morning(until + datetime.timedelta(days=1))} if until else {}
        inside |= Q(**{f"{at}__gte": _morning(since)}, **ends)
    return inside


def _morning(day):
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time.min))


def _item(position, kind, reached, memberships, today):
    told = [m for m in memberships if m.child_id and m.audience in reached]
    if not all(m.is_current(today) for m in told):
        day = timezone.localtime(position.at).date()
        told = [m for m in told if m.is_current(today) or m.since <= day <= m.until]
    child_ids = dict.fromkeys(m.child_id for m in told)
    return Item(position, tuple(reached), tuple(child_ids), kind)
