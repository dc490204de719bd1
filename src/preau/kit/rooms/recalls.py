"""What accounts write elsewhere than in publications, which each room lists in its `recalls.py` as a tuple, `WRITTEN`:
who sorts out a stolen account counts it, and takes it back with the rest (`spaces.actions.recall_since`)."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from django.db.models import QuerySet

from preau.kit.rooms import given_by_rooms


@dataclass(frozen=True)
class Written:
    """`lately(person=, since=, today=)` gives rows (author's id, how many things, the last instant), of what
    this person may take back; `recall(person=, author=, since=, now=)` is an action, that returns how many."""

    lately: Callable[..., QuerySet]
    recall: Callable[..., int]


@cache
def declared() -> tuple[Written, ...]:
    """Those of every room."""
    return tuple(given_by_rooms("recalls", "WRITTEN"))


def written_lately(**asked) -> dict:
    """{author's id: (how many things, the last instant)} in all rooms; one query."""
    first, *others = (each.lately(**asked) for each in declared())
    found: dict = {}
    for author, count, at in first.union(*others, all=True) if others else first:
        known, last = found.get(author, (0, at))
        found[author] = known + count, max(last, at)
    return found
