"""Finding what one may read by its words."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from operator import itemgetter

from django.db.models import Case, Q, QuerySet, Value, When
from django.db.models.functions import StrIndex
from django.db.models.lookups import GreaterThan

from preau.kit.pages.addresses import address
from preau.people.models import Person
from preau.spaces import stems
from preau.spaces.kinds import Searched, SearchedAlone
from preau.spaces.models import Publication, SearchText
from preau.spaces.queries import reaches_of


def asked(text: str) -> list[str]:
    """The stems that a question asks for (`stems.asked`)."""
    return stems.asked(text)


def key_of(text: str) -> str:
    """What is kept of a text, to be searched."""
    return stems.key_of(text)


def search(
    words: Iterable[str], person: Person, today: datetime.date, *, memberships, searched: Iterable[Searched]
) -> QuerySet:
    """Published texts of these kinds that hold all of these stems (`stems.asked`), among what reaches these memberships
    of the person, what they wrote, what they answer for: those whose title holds them first, then the newest, then
    the last written: whether it is in the title, when, the publication and its kind.

    No place is joined here: beyond eight tables PostgreSQL joins in the order written, and would read every text of the
    base before what the person may read."""
    searched = tuple(searched)
    written = Publication.objects.filter(author=person).values("pk")
    followed = [one.followed_by(person, today).values("publication") for one in searched if one.followed_by]
    # What the person may read first: it is small, and the base is not.
    visible = reaches_of(memberships, today).values("publication").union(written, *followed)
    found = SearchText.objects.filter(
        publication__in=visible,
        publication__state=Publication.State.PUBLISHED,
        publication__kind__in=[one.name for one in searched],
    )
    ranked = _holding(found, words).order_by(*_ranked("publication__published_at", "publication_id"))
    return ranked.values_list("in_title", "publication__published_at", "publication_id", "publication__kind")


def search_alone(words: Iterable[str], person: Person, today: datetime.date, kind: SearchedAlone) -> QuerySet:
    """The same, in the same order, of what hangs on no publication."""
    return _holding(kind.shown_to(person, today), words).order_by(*_ranked("at", "pk"))


def _holding(rows, words):
    """Those that hold all of these stems, and whether it is in their title."""
    patterns = [stems.pattern_of(word) for word in words]
    in_title = Case(When(_all_in("title_key", patterns), then=Value(True)), default=Value(False))
    return rows.filter(_all_in("text_key", patterns)).annotate(in_title=in_title)


def _all_in(key, patterns):
    """By STRPOS and INSTR: LIKE takes PostgreSQL five times as long."""
    return Q(*(GreaterThan(StrIndex(key, Value(pattern)), 0) for pattern in patterns))


def _ranked(at, pk):
    return "-in_title", f"-{at}", f"-{pk}"


@dataclass(frozen=True)
class Result:
    """A thing found: what it is called, where it was said, since when, its page, and its title (a post has none) and a
    part of its text in pieces, (piece, whether it is a word asked for)."""

    label: str
    place: object
    at: datetime.datetime
    title: list[tuple[str, bool]]
    text: list[tuple[str, bool]]
    url: str


def _shown(kinds, words, person, today, *, memberships, searched):
    """{id of a publication: its result}, of {id of one found: its kind}; one query for each kind among them. What its
    room does not show is left out."""
    shown, places = {}, [f"publication__{path}" for path in Publication.PLACES]
    for kind in searched:
        ids = [pk for pk, name in kinds.items() if name == kind.name]
        if not ids:
            continue
        rows = kind.visible_to(person, today, memberships=memberships).filter(publication__in=ids)
        for row in rows.select_related(*places):
            said, of = _marked(kind, row, words), row.publication
            shown[of.pk] = Result(kind.label, of.place, of.published_at, *said, address(kind.page, row.pk))
    return shown


def _marked(kind, row, words):
    return [stems.marked(said, words) for said in kind.said(row)]


def answers(
    words: list[str],
    person: Person,
    today: datetime.date,
    *,
    memberships,
    searched: Iterable[Searched],
    alone: Iterable[SearchedAlone],
    start: int,
    count: int,
) -> tuple[list[Result], bool]:
    """(so many things of all kinds from the `start`-th on, whether they are the last); one query for each kind of
    `alone`, beside those of `search` and `_shown`."""
    given, end = {"memberships": memberships, "searched": searched}, start + count + 1
    ranked = [(rank, None, name) for *rank, name in search(words, person, today, **given)[:end]]
    for kind in alone:
        rows = search_alone(words, person, today, kind)[:end]
        ranked += [([one.in_title, one.at, one.pk], kind, one) for one in rows]
    ranked = sorted(ranked, key=itemgetter(0), reverse=True)[start:end]
    kept = ranked[:count]
    hung = _shown({pk: name for (_, _, pk), kind, name in kept if kind is None}, words, person, today, **given)
    shown = [_told(kind, one, words) if kind else hung.get(pk) for (_, _, pk), kind, one in kept]
    return [one for one in shown if one], len(ranked) <= count


def _told(kind, row, words):
    return Result(kind.label, kind.place_of(row), row.at, *_marked(kind, row, words), kind.address_of(row))
