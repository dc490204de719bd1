"""What a room gives of its kind of publication, so that a feed or a search holds several kinds and knows none."""

import datetime
import uuid
from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import QuerySet

from preau.people.models import Person


@dataclass(frozen=True)
class Reader:
    """Who reads a feed; `acts`: the page also offers what they may do with each thing."""

    person: Person
    today: datetime.date
    now: datetime.datetime
    acts: bool = False


@dataclass(frozen=True)
class Kind:
    """`name` is `Publication.kind`. `items_for(feed items, reader)` gives {publication id: item} in few queries,
    none for an empty list: every page asks every kind. `template` draws one `item`. It has `publication`, `child_ids`,
    and `allowed`: what the reader may do, or None."""

    name: str
    items_for: Callable[[list, Reader], dict[uuid.UUID, object]]
    template: str


def _title_and_text(row):
    return row.title, row.text


@dataclass(frozen=True)
class Searched:
    """How things of a kind are found by their words. `name` is `Publication.kind`, `label` what it is called, `page`
    the name of its address, which takes an id. `visible_to(person, today, memberships=)` gives its rows, which have a
    `publication_id`, and `said(row)` the title and the text of one. `followed_by(person, today)`: those that no
    audience brings to who answers for them."""

    name: str
    label: str
    page: str
    visible_to: Callable[..., QuerySet]
    followed_by: Callable[[Person, datetime.date], QuerySet] | None = None
    said: Callable[[object], tuple[str, str]] = _title_and_text


@dataclass(frozen=True)
class SearchedAlone:
    """The same, of things that hang on no publication: `shown_to(person, today)` gives rows that hold `title_key`,
    `text_key` (`spaces.stems`) and `at`, since when each is read. `said(row)`: its title and text; `place_of(row)`:
    where it was said; `address_of(row)`: its page."""

    label: str
    shown_to: Callable[[Person, datetime.date], QuerySet]
    said: Callable[[object], tuple[str, str]]
    place_of: Callable[[object], str]
    address_of: Callable[[object], str]
