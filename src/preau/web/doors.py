"""Where each face can go: at most six doors, and never a door to nowhere.

A line names a URL; it is dropped while that URL does not exist. `args` makes the URL's arguments from the face;
None hides the door. Add a line here when a room gains a page that a role should reach from anywhere.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse

from preau.people.models import CITY_ROLES, STATE_ROLES, Role
from preau.web.faces import GUARDIAN, PUPIL, Face


@dataclass(frozen=True)
class Door:
    """A label and the name of a URL."""

    label: str
    url_name: str
    args: Callable[[Face], dict | None] = lambda face: {}


@dataclass(frozen=True)
class OpenDoor:
    """A door as drawn."""

    label: str
    url: str
    is_here: bool


TODAY = Door("Aujourd’hui", "today")
SITE = Door("Site public", "sites:manage_school", lambda face: {"school_id": face.school.pk} if face.school else None)
CITY_SITE = Door("Mentions du site", "sites:manage_city", lambda face: {"city_id": face.place.pk})
DOORS: dict[str, tuple[Door, ...]] = {
    Role.TEACHER: (TODAY,),
    Role.SUPPLY_TEACHER: (TODAY,),
    Role.AESH: (TODAY,),
    Role.SCHOOL_CITY_STAFF: (TODAY,),
    Role.SCHOOL_HEAD: (TODAY, SITE),
    GUARDIAN: (TODAY,),
    PUPIL: (TODAY,),
    **{role: (TODAY,) for role in (*CITY_ROLES, *STATE_ROLES)},
    Role.CITY_EDUCATION: (TODAY, CITY_SITE),
    Role.TRAINER: (TODAY,),
    Role.PARENTS_FEDERATION: (TODAY,),
    Role.OPERATOR: (TODAY, Door("La base", "base")),
}
MOST = 6


def doors_of(face: Face | None, path: str) -> list[OpenDoor]:
    """The doors of a face, the longest address that starts the current one marked as here."""
    if face is None:
        return []
    found = [(door.label, url) for door in DOORS.get(face.role, (TODAY,)) if (url := address(door, face))]
    here = max((url for _, url in found if path.startswith(url)), key=len, default=None)
    return [OpenDoor(label, url, url == here) for label, url in found[:MOST]]


def address(door: Door, face: Face) -> str | None:
    """The door's URL, or None when it does not exist or has no sense for this face."""
    arguments = door.args(face)
    if arguments is None:
        return None
    try:
        return reverse(door.url_name, kwargs=arguments)
    except NoReverseMatch:
        return None
