"""What happened, which each room lists in its `story.py`: `STORY` of a school, `AMBITION_STORY` of an ambition. The
plan's desk reads them all in one query."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache

from preau.kit.money import NBSP
from preau.kit.rooms import given_by_rooms
from preau.kit.rooms.told import Line


@dataclass(frozen=True)
class Told:
    """How a kind of line is said. Of one day, kinds follow their `order`, among those of all rooms, and the lines of a
    kind that of their names in `names`."""

    order: int
    by: str | Callable[[Line], str]  # « school », « state », « city » or « committee »
    url_name: str  # the page that proves it
    title: Callable[[Line], str]
    detail: Callable[[Line], str]
    names: tuple[str, ...] = ()
    day_is_known: bool = True  # False: only the year is

    def moment(self, line: Line) -> tuple:
        """The sort key of lines, which only know their day."""
        return line.day, self.order, self.names.index(line.name) if line.name in self.names else 0

    def done_by(self, line: Line) -> str:
        return self.by if isinstance(self.by, str) else self.by(line)


@dataclass(frozen=True)
class Chapter:
    """`lines` takes the id of the school, or the ambition, a person and the day, and gives what this person may read of
    it: parts of the one query (kit/rooms/told.py). `kinds` has those that are told as events. The SQL of a school's is
    written once for all who hold the same titles (people.prepared): its id is a parameter there."""

    lines: Callable[..., Iterable]
    kinds: dict[str, Told]


def quoted(text: str) -> str:
    """« a title of people’s own »"""
    return f"«{NBSP}{text}{NBSP}»"


@cache
def chapters(name: str) -> tuple[Chapter, ...]:
    """Those of every room, `name` being STORY or AMBITION_STORY."""
    return tuple(given_by_rooms("story", name))


@cache
def kinds(name: str) -> dict[str, Told]:
    """{kind of line: how it is said}"""
    return {kind: told for chapter in chapters(name) for kind, told in chapter.kinds.items()}
