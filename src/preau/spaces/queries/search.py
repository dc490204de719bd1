"""Finding what one may read by its words."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import BooleanField, Case, Q, QuerySet, Value, When

from preau.kit.pages.addresses import address
from preau.people.models import Person
from preau.spaces import stems
from preau.spaces.kinds import Searched
from preau.spaces.models import Publication, SearchText
from preau.spaces.queries import reaches_of


def asked(text: str) -> list[str]:
    """The stems that a question asks for (`stems.asked`)."""
    return stems.asked(text)


def search(
    words: Iterable[str], person: Person, today: datetime.date, *, memberships, searched: Iterable[Searched]
) -> QuerySet[SearchText]:
    """Published texts of these kinds that hold all of these stems (`stems.asked`), among what reaches these memberships
    of the person, what they wrote, what they answer for: those whose title holds them first, then the newest, then
    the last written. Each with its publication and its place."""
    searched = tuple(searched)
    title, text = Q(), Q()
    for word in words:
        title &= Q(title_key__contains=stems.pattern_of(word))
        text &= Q(text_key__contains=stems.pattern_of(word))
    written = Publication.objects.filter(author=person).values("pk")
    followed = [one.followed_by(person, today).values("publication") for one in searched if one.followed_by]
    # What the person may read first: it is small, and the base is not.
    visible = reaches_of(memberships, today).values("publication").union(written, *followed)
    in_title = Case(When(title, then=Value(True)), default=Value(False), output_field=BooleanField())
    found = SearchText.objects.filter(
        text,
        publication__in=visible,
        publication__state=Publication.State.PUBLISHED,
        publication__kind__in=[one.name for one in searched],
    )
    places = (f"publication__{path}" for path in Publication.PLACES)
    return found.select_related(*places).order_by(in_title.desc(), "-publication__published_at", "-publication_id")


@dataclass(frozen=True)
class Result:
    """A thing found: what it is called, its publication, its page, and its title (a post has none) and a part of its
    text in pieces, (piece, whether it is a word asked for)."""

    label: str
    publication: Publication
    title: list[tuple[str, bool]]
    text: list[tuple[str, bool]]
    url: str


def results(
    found: Iterable[SearchText],
    words: Iterable[str],
    person: Person,
    today: datetime.date,
    *,
    memberships,
    searched: Iterable[Searched],
) -> list[Result]:
    """What these say, in their order; one query for each kind among them. What its room does not show is left out."""
    shown, publications = {}, {one.publication_id: one.publication for one in found}
    for kind in searched:
        ids = [pk for pk, publication in publications.items() if publication.kind == kind.name]
        if not ids:
            continue
        for row in kind.visible_to(person, today, memberships=memberships).filter(publication__in=ids):
            title, text = (stems.marked(said, words) for said in kind.said(row))
            publication = publications[row.publication_id]
            shown[publication.pk] = Result(kind.label, publication, title, text, address(kind.page, row.pk))
    return [shown[pk] for pk in publications if pk in shown]
