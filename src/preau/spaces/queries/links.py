"""Things said elsewhere, as a page leads to them: each by its own room, and those alone that its reader may read."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from django.utils.text import Truncator

from preau.kit.pages.addresses import address
from preau.kit.rooms import given_by_rooms
from preau.people.models import Person
from preau.spaces.kinds import Searched
from preau.spaces.models import Publication

LENGTH = 80  # signs of what is said of one


@dataclass(frozen=True)
class Link:
    """What it is called, its title or the beginning of its text (empty: photos alone), its page."""

    publication: Publication
    label: str
    words: str
    url: str


@cache
def linked() -> tuple[Searched, ...]:
    """Every kind that a room lets find."""
    return tuple(given_by_rooms("stream", "SEARCHED"))


def links_to(publications: Iterable[Publication], person: Person, today: datetime.date, *, memberships) -> list[Link]:
    """Links to these, in their order, as far as the person reads them; one query for each kind among them."""
    publications, found = list(publications), {}
    by_id = {one.pk: one for one in publications}
    for kind in linked():
        ids = [one.pk for one in publications if one.kind == kind.name]
        if not ids:
            continue
        for row in kind.visible_to(person, today, memberships=memberships).filter(publication__in=ids):
            words = Truncator(" ".join((said := kind.said(row))[0].split() or said[1].split())).chars(LENGTH)
            publication = by_id[row.publication_id]
            found[publication.pk] = Link(publication, kind.label, words, address(kind.page, row.pk))
    return [found[one.pk] for one in publications if one.pk in found]
