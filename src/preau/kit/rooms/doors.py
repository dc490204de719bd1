"""The ways into a room, which each room lists in its `doors.py` as one tuple, `DOORS`:

    Door   a link of the row at the head of every page       Verb   a square of « Aujourd’hui »
    Tab    a page of each space: a class, a school…          Page   a line of the plan's list of pages
    AccountLine   a line of « Mon compte »            StopDoor   a line of a school's « Arrêt d'urgence »
    StoryDoor   the page of a school's story      Tile   a picture of a pupil's home

They are no rights: the page's own rule refuses. `order` places a line among those of all rooms; `web`, `portal` and
the plan's desk draw them, and leave none out.
"""

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from django.db.models import QuerySet

from preau.kit.pages import addresses
from preau.kit.rooms import given_by_rooms, told


@dataclass(frozen=True)
class Door:
    """`faces` are the roles it is for, None for all; `where` gives the address's arguments from the face, or None when
    it has no sense there; `covers` is the path whose pages are behind it, when it is not the address's own; `icon` is
    one of the sprite, which families' doors have: a telephone draws those at the thumb."""

    order: int
    label: str
    url_name: str
    faces: tuple[str, ...] | None
    where: Callable[[object], dict | None] = lambda face: {}
    covers: str = ""
    icon: str = ""

    def address(self, face) -> str | None:
        """Where this face enters; None when the door is not for it."""
        arguments = self.where(face) if self.is_for(face.role) else None
        return None if arguments is None else addresses.address(self.url_name, **arguments)

    def is_for(self, role: str) -> bool:
        return self.faces is None or role in self.faces


@dataclass(frozen=True, kw_only=True)
class Verb(Door):
    """A Door with an icon of the sprite and a short hint."""

    icon: str
    hint: str


@dataclass(frozen=True)
class TileLine:
    """One line that a tile adds to a pupil's home: ten words at most, said `tu`; `detail` says when, or what state."""

    text: str
    url: str
    detail: str = ""


def says_nothing(person, today) -> list:
    """What a tile without a line says."""
    return []


@dataclass(frozen=True, kw_only=True)
class Tile(Door):
    """A Door that a pupil knows by its picture; six are drawn, in their order. The label is one or two short words.

    `drawing` is a static file (kit/tiles/…svg, or the room's own). `lines` takes the pupil and the day, and gives the
    `tile_lines` that stand above the pictures, « À faire » then « Pour moi »; that home asks those of all at once.
    """

    drawing: str
    lines: Callable[[object, datetime.date], Iterable[QuerySet]] = says_nothing


TO_DO, NEWS = "tile_to_do", "tile_news"


def tile_lines(rows: QuerySet, url_name: str, *, text, day, detail="", is_news: bool = False) -> QuerySet:
    """Rows of a room as lines of a pupil's home (kit/rooms/told.py); each opens the page of its row."""
    return told.lines(rows, f"{NEWS if is_news else TO_DO} {url_name}", name=text, detail=detail, day=day)


def read_tile_lines(rows: Iterable[tuple]) -> tuple[list[TileLine], list[TileLine], list[tuple]]:
    """Such lines among others: (what is to do, the oldest first; what is new, the newest first; the others)."""
    to_do, news, others = [], [], []
    for row in rows:
        line = told.Line(*row)
        kind, _, url_name = line.kind.partition(" ")
        if kind not in (TO_DO, NEWS):
            others.append(row)
            continue
        said = TileLine(line.name, addresses.address(url_name, line.target), line.detail)
        (to_do if kind == TO_DO else news).append(said)
    return to_do, news[::-1], others


def everybody(person, place, today) -> bool:
    """The rule of a tab shown to everyone who may enter the space."""
    return True


@dataclass(frozen=True)
class Tab:
    """`url_name` holds « {kind} », one of `kinds`: classroom, group, school or city, which is also the name of the
    address's argument (`classroom_id`). `is_for` is a rule of the room: it takes a person, the place and the day."""

    order: int
    label: str
    url_name: str
    kinds: tuple[str, ...]
    is_for: Callable[[object, object, datetime.date], bool] = everybody


def every_holder(person, today) -> bool:
    """The rule of a page that every holder of its roles opens."""
    return True


@dataclass(frozen=True)
class Page:
    """What it tells, and the roles whose holders open it; `is_for` is a rule of the room, for a page that some of them
    have nothing to read on."""

    order: int
    label: str
    hint: str
    url_name: str
    roles: tuple[str, ...]
    is_for: Callable[[object, datetime.date], object] = every_holder


@dataclass(frozen=True)
class AccountLine:
    """What one sets or asks for oneself; `is_for` is a rule of the room: it takes a person and the day."""

    order: int
    label: str
    hint: str
    url_name: str
    is_for: Callable[[object, datetime.date], object]
    takes_sheet: bool = False  # the page also takes the sheet just given at the door

    @property
    def url(self) -> str:
        return addresses.address(self.url_name)


@dataclass(frozen=True)
class StopDoor:
    """One more act on a school's « Arrêt d'urgence » page; its address takes the school's id, its page checks the
    rule."""

    order: int
    label: str
    url_name: str


@dataclass(frozen=True)
class StoryDoor:
    """The page that tells a school's story, for rooms below that name a school; its address takes the school's id."""

    order: int
    url_name: str


class OpenDoor(NamedTuple):
    """A door or a tab as drawn."""

    label: str
    url: str
    is_here: bool
    icon: str = ""


@cache
def declared(kind: type) -> tuple:
    """Every line of that class, in the order they are drawn."""
    lines = [line for line in given_by_rooms("doors", "DOORS") if type(line) is kind]
    return tuple(sorted(lines, key=lambda line: line.order))


def story_page() -> str:
    """The name of the address of a school's story; empty when no room tells it."""
    return next((line.url_name for line in declared(StoryDoor)), "")


def tabs_of(kind: str, place, *, person, today: datetime.date, path: str) -> list[OpenDoor]:
    """The tabs of a space; the one whose page is at `path` is marked as here."""
    tabs = [tab for tab in declared(Tab) if kind in tab.kinds and tab.is_for(person, place, today)]
    urls = [addresses.address(tab.url_name.format(kind=kind), **{f"{kind}_id": place.pk}) for tab in tabs]
    return [OpenDoor(tab.label, url, url == path) for tab, url in zip(tabs, urls, strict=True)]
