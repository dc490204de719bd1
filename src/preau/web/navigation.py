"""Where each face can go and what it can do: doors, verbs and tiles of rooms (`kit.rooms.doors`), composed."""

from functools import cache
from typing import NamedTuple

from preau.kit.pages.addresses import address
from preau.kit.rooms.doors import Door, OpenDoor, Tile, Verb, declared
from preau.people.models import Person
from preau.places.models import School
from preau.schools.faces import GUARDIAN
from preau.web.faces import Face

TILES = 6  # what a pupil's home draws (users.md rule 9); the other tiles stand among its doors
SAID = 5  # lines of « À faire », and of « Pour moi »: more are on the pages they lead to
VERBS = 5  # what a home draws large, at the thumb on a telephone; the other verbs stand among the doors
ROW = 6  # links at the head of a page; with more, the last place of the row is « Plus »
THUMB = 5  # of them when the doors have icons: a telephone draws the row at the thumb


class OpenVerb(NamedTuple):
    """A verb as drawn: an icon of the sprite, a verb, what it gives."""

    icon: str
    label: str
    hint: str
    url: str


class OpenTile(NamedTuple):
    """A tile as drawn: a static drawing and its word."""

    drawing: str
    label: str
    url: str


def doors_of(face: Face | None, path: str) -> list[OpenDoor]:
    """The doors of a face, the one behind which the current page is marked as here: the longest start of its path.
    Those of families have icons: a telephone draws them at the thumb, where other homes have their verbs."""
    found = _ways(Door, face)
    starts = {door: door.covers or url for door, url in found if path.startswith(door.covers or url)}
    here = max(starts, key=lambda door: len(starts[door]), default=None)
    is_family = face is not None and face.role == GUARDIAN
    return [OpenDoor(door.label, url, door is here, door.icon if is_family else "") for door, url in found]


def verbs_of(face: Face | None, resting: str = "") -> list[OpenVerb]:
    """What a face can do from « Aujourd’hui »; last, what there is not to do that day: the name of an address."""
    found = sorted(_ways(Verb, face), key=lambda way: way[0].url_name == resting)
    return [OpenVerb(verb.icon, verb.label, verb.hint, url) for verb, url in found]


def write_to(school: School, person: Person | None) -> str:
    """Where one begins to write to somebody of a school; to whom one chooses there, when nobody is given."""
    return address("mail:write", school.pk, person.pk) if person else f"{address('mail:choose')}?ecole={school.pk}"


def tiles_of(face: Face | None) -> list[OpenTile]:
    """What a pupil touches on their home."""
    return [OpenTile(tile.drawing, tile.label, url) for tile, url in _ways(Tile, face)]


def lines_of_tiles(person, today) -> list:
    """What tiles say above the pictures, as parts of the one query of that home."""
    return [part for tile in declared(Tile) for part in tile.lines(person, today)]


def at_home(doors: list[OpenDoor], verbs: list[OpenVerb], tiles: list[OpenTile]) -> list[OpenDoor]:
    """The doors of a home: none that it draws as a verb or a tile, and those that it has no place for."""
    drawn = {way.url for way in (*verbs[:VERBS], *tiles[:TILES])}
    kept = [door for door in doors if door.url not in drawn]
    known = {door.url for door in kept}
    left = (*verbs[VERBS:], *tiles[TILES:])
    return kept + [OpenDoor(way.label, way.url, False) for way in left if way.url not in known]


def split_row(doors: list[OpenDoor]) -> tuple[list[OpenDoor], list[OpenDoor]]:
    """What the row shows, and what « Plus » holds: none is left out."""
    places = THUMB if any(door.icon for door in doors) else ROW
    if len(doors) <= places:
        return doors, []
    return doors[: places - 1], doors[places - 1 :]


def _ways(kind, face):
    if face is None:
        return []
    return [(way, url) for way in _declared_for(kind, face.role) if (url := way.address(face))]


@cache
def _declared_for(kind, role):
    return tuple(way for way in declared(kind) if way.is_for(role))
