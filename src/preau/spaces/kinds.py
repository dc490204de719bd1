"""What a room gives of its kind of publication, so that a feed can hold several kinds without knowing any."""

import datetime
import uuid
from collections.abc import Callable
from dataclasses import dataclass

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
