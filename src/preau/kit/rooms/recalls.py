"""What accounts write elsewhere than in publications, which each room lists in its `recalls.py` as a tuple, `WRITTEN`:
who sorts out a stolen account counts it, and takes it back with the rest (`spaces.actions.recall_since`)."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from preau.kit.rooms import given_by_rooms


@dataclass(frozen=True)
class Written:
    """`lately(person=, since=, today=)` gives {author's id: (how many things, the last instant)}, of what this person
    may take back; `recall(person=, author=, since=, now=)` is an action, that returns how many."""

    lately: Callable[..., dict]
    recall: Callable[..., int]


@cache
def declared() -> tuple[Written, ...]:
    """Those of every room."""
    return tuple(given_by_rooms("recalls", "WRITTEN"))


def written_lately(**asked) -> dict:
    """{author's id: (how many things, the last instant)} in all rooms."""
    found: dict = {}
    for each in declared():
        for author, (count, at) in each.lately(**asked).items():
            known, last = found.get(author, (0, at))
            found[author] = known + count, max(last, at)
    return found
