"""Finding what one may read by its words."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter

from django.db.models import Case, CharField, Q, QuerySet, Value, When
from django.db.models.functions import StrIndex
from django.db.models.lookups import GreaterThan

from preau.kit.pages.addresses import address
from preau.kit.prepared import Asked
from preau.people.models import Person
from preau.people.prepared import AN_ID, PreparedFor
from preau.spaces import stems
from preau.spaces.audiences import Membership
from preau.spaces.kinds import Searched, SearchedAlone
from preau.spaces.models import Publication, Reach, SearchText
from preau.spaces.queries import audiences_read_whole, reaches_of

PLACES = tuple(f"publication__{path}" for path in Publication.PLACES)


def asked(text: str) -> list[str]:
    """The stems that a question asks for (`stems.asked`)."""
    return stems.asked(text)


def key_of(text: str) -> str:
    """What is kept of a text, to be searched."""
    return stems.key_of(text)


def search(
    words: Iterable[str], person: Person, today: datetime.date, *, memberships, searched: Iterable[Searched], limit: int
) -> list[tuple]:
    """(whether it is in the title, when, the publication, its kind, the ids of its places) of published texts of these
    kinds that hold all of these stems (`stems.asked`), among what reaches these memberships of the person, what they
    wrote, what they answer for: those whose title holds them first, then the newest, then the last written. One query,
    whose SQL is kept: to build it costs what answering does."""
    patterns, searched = [stems.pattern_of(word) for word in words], tuple(searched)
    whole = audiences_read_whole(memberships, today)
    if whole is None:
        return list(_texts(reaches_of(memberships, today), person, today, patterns, searched)[:limit])
    return _prepared(len(whole), len(patterns)).rows(person, today, *whole, *patterns, key=(searched, limit))


@lru_cache(maxsize=64)
def _prepared(audiences_count, words_count):
    """Asked with the audiences, then with the patterns of the words."""

    def build(person, today, *given):
        *asked, searched, limit = given
        reaches = Reach.objects.filter(audience__in=asked[:audiences_count])
        return _texts(reaches, person, today, asked[audiences_count:], searched)[:limit]

    return PreparedFor(build, *[CharField] * (audiences_count + words_count))


def _texts(reaches, person, today, patterns, searched):
    written = Publication.objects.filter(author=person).values("pk")
    followed = [one.followed_by(person, today).values("publication") for one in searched if one.followed_by]
    visible = reaches.values("publication").union(written, *followed)
    return texts_among(visible, patterns, [one.name for one in searched])


def texts_among(visible: QuerySet, patterns, kinds) -> QuerySet:
    """The same of these publications, which are few where the base is not: they are read first.

    No place is joined here: beyond eight tables PostgreSQL joins in the order written, and would read every text of the
    base before what the person may read."""
    found = SearchText.objects.filter(
        publication__in=visible, publication__state=Publication.State.PUBLISHED, publication__kind__in=kinds
    )
    ranked = _holding(found, patterns).order_by(*_ranked("publication__published_at", "publication_id"))
    return ranked.values_list("in_title", "publication__published_at", "publication_id", "publication__kind", *PLACES)


def search_alone(words: Iterable[str], person: Person, today: datetime.date, kind: SearchedAlone) -> QuerySet:
    """The same, in the same order, of what hangs on no publication."""
    patterns = [stems.pattern_of(word) for word in words]
    return _holding(kind.shown_to(person, today), patterns).order_by(*_ranked("at", "pk"))


def _holding(rows, patterns):
    """Those that hold all of these, and whether it is in their title."""
    in_title = Case(When(_all_in("title_key", patterns), then=Value(True)), default=Value(False))
    return rows.filter(_all_in("text_key", patterns)).annotate(in_title=in_title)


def _all_in(key, patterns):
    """By STRPOS and INSTR: LIKE takes PostgreSQL five times as long."""
    asked = (each if isinstance(each, Asked) else Value(each) for each in patterns)
    return Q(*(GreaterThan(StrIndex(key, each), 0) for each in asked))


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


def _shown(found, words, person, today, *, memberships, searched, count):
    """{id of a publication: its result}, of `count` rows found at most; one query for each kind among them. What its
    room does not show is left out. Only places of the kinds found are joined: PostgreSQL takes longer to plan ten joins
    than to answer."""
    shown = {}
    for kind in searched:
        ids, places = _of_kind(kind.name, found)
        if not ids:
            continue
        for row in _read(kind, ids, places, person, today, memberships=memberships, count=count):
            said, of = _marked(kind, row, words), row.publication
            shown[of.pk] = Result(kind.label, of.place, of.published_at, *said, address(kind.page, row.pk))
    return shown


def _read(kind, ids, places, person, today, *, memberships, count):
    """What the room shows to the person of this kind, on these publications. The SQL is kept for all whose roles and
    memberships make the same pattern, none of them stopped nor former."""
    if not all(m.is_current(today) and not m.stop_id for m in memberships):
        return _on(kind.visible_to(person, today, memberships=memberships), ids, places)
    keys, held, pattern = _pattern(memberships)
    prepared = _prepared_rows(len(keys), len(held), count)
    ids = (ids * count)[:count]  # one SQL, however many of the kind
    return prepared.rows(person, today, *keys, *held, *ids, key=(kind, places, pattern))


def _pattern(memberships):
    """(their audiences, the ids of their children and places, each once; what a rule reads of each, these by rank)"""
    keys, held = {}, {}
    pattern = tuple(
        (_rank(keys, m.audience), m.profile, _rank(held, m.child_id), m.kind, _rank(held, m.place_id))
        for m in memberships
    )
    return tuple(keys), tuple(held), pattern


def _rank(ranks, key):
    return None if key is None else ranks.setdefault(key, len(ranks))


@lru_cache(maxsize=16)
def _prepared_rows(keys_count, held_count, count):
    """Asked with the audiences, the children and places of the memberships, so many ids of publications."""

    def build(person, today, *given):
        *asked, kind, places, pattern = given
        keys, held, ids = asked[:keys_count], {None: None, **dict(enumerate(asked[keys_count:-count]))}, asked[-count:]
        memberships = [
            Membership(keys[key], profile, held[child], today, None, of, held[place])
            for key, profile, child, of, place in pattern
        ]
        return _on(kind.visible_to(person, today, memberships=memberships), ids, places)

    return PreparedFor(build, *[CharField] * keys_count, *[AN_ID] * (held_count + count), maxsize=32)


def _on(rows, ids, places):
    return rows.filter(publication__in=ids).select_related("publication", *places)


def _of_kind(kind, found):
    """The ids of the publications of this kind, and the paths to their places."""
    here = [(pk, places) for _, _, pk, name, *places in found if name == kind]
    held = [any(ids) for ids in zip(*(places for _, places in here), strict=True)]
    return [pk for pk, _ in here], tuple(path for path, is_held in zip(PLACES, held, strict=False) if is_held)


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
    ranked = [(row[:3], None, row) for row in search(words, person, today, limit=end, **given)]
    for kind in alone:
        rows = search_alone(words, person, today, kind)[:end]
        ranked += [((one.in_title, one.at, one.pk), kind, one) for one in rows]
    ranked = sorted(ranked, key=itemgetter(0), reverse=True)[start:end]
    kept = ranked[:count]
    hung = _shown([row for _, kind, row in kept if kind is None], words, person, today, **given, count=count)
    shown = [_told(kind, one, words) if kind else hung.get(rank[2]) for rank, kind, one in kept]
    return [one for one in shown if one], len(ranked) <= count


def _told(kind, row, words):
    return Result(kind.label, kind.place_of(row), row.at, *_marked(kind, row, words), kind.address_of(row))
