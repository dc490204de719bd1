"""What waits for a person, which each room lists in its `waiting.py` as one tuple, `WAITING`: where its lines lie and
for which roles, and the act that each kind of line asks. The plan's desk reads them all in one query."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache

from preau.kit.pages import addresses
from preau.kit.rooms import given_by_rooms


@dataclass(frozen=True)
class Act:
    """What is to be done: a sentence, the page where it is done, whether its day is a term or a beginning."""

    words: str
    url_name: str
    is_due: bool = False
    details: object = None  # a TextChoices that names the line's detail
    ends_on: Callable[[str], date] | None = None  # reads the term in `more`, where no column of the room holds a day
    is_of_detail: bool = False  # the page takes the detail after the id
    part: str = ""  # of the page, where the act is done
    anchor: str = ""  # the page is a list, where what waits stands under this word and its id
    tells: Callable[[str, str], str] | None = None  # the detail in words, with what more the line says

    def address(self, target, step: str = "") -> str:
        """Where it is done: `target` is the id that the page takes, `step` what it takes after it."""
        if self.anchor:
            return f"{addresses.address(self.url_name)}#{self.anchor}-{target}"
        page = addresses.address(self.url_name, target, *filter(None, [step]))
        return f"{page}#{self.part}" if self.part and not step else page


@dataclass(frozen=True)
class Wait:
    """`lines` takes a person, the instant, its day and the roles held, and gives parts of the one query
    (kit/rooms/told.py); it is asked when one of `roles` is held. `acts` has each kind of these lines."""

    roles: tuple[str, ...]
    lines: Callable[..., Iterable]
    acts: dict[str, Act]


@cache
def declared() -> tuple[Wait, ...]:
    """Those of every room."""
    return tuple(given_by_rooms("waiting", "WAITING"))


@cache
def acts() -> dict[str, Act]:
    """{kind of line: act}"""
    return {kind: act for wait in declared() for kind, act in wait.acts.items()}
