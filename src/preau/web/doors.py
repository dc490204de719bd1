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


def of_classroom(face: Face) -> dict | None:
    """The class a face stands in."""
    room = face.mandate.classroom_id if face.mandate else face.enrolment and face.enrolment.classroom_id
    return {"classroom_id": room} if room else None


def of_school(face: Face) -> dict | None:
    """The school a face stands in."""
    return {"school_id": face.school.pk} if face.school else None


def of_city(face: Face) -> dict | None:
    """The city a face serves."""
    return {"city_id": face.mandate.city_id} if face.mandate and face.mandate.city_id else None


TODAY = Door("Aujourd’hui", "today")
CLASS = Door("Ma classe", "portal:classroom_home", of_classroom)
SCHOOL = Door("Mon école", "portal:school_home", of_school)
CITY = Door("La Ville", "portal:city_home", of_city)
LIST = Door("La liste", "schools:classroom", of_classroom)
REGISTER = Door("Élèves et équipes", "schools:school", of_school)
START = Door("Rentrée", "arrivals:start", of_school)
SITE = Door("Site public", "sites:manage_school", of_school)
CITY_SITE = Door("Mentions du site", "sites:manage_city", of_city)
PLAN = Door("Plan et écoles", "steering:steering_home")
PLAN_FIGURES = Door("Plan numérique", "equipment:plan_home")
USES = Door("Usages", "usage:week")
DOORS: dict[str, tuple[Door, ...]] = {
    Role.TEACHER: (TODAY, CLASS, LIST, SCHOOL),
    Role.SUPPLY_TEACHER: (TODAY, CLASS, LIST, SCHOOL),
    Role.AESH: (TODAY, CLASS, LIST, SCHOOL),
    Role.SCHOOL_CITY_STAFF: (TODAY, CLASS, LIST, SCHOOL),
    Role.SCHOOL_HEAD: (TODAY, SCHOOL, REGISTER, START, SITE, USES),
    GUARDIAN: (TODAY,),
    PUPIL: (TODAY, CLASS),
    **{role: (TODAY, CITY, PLAN, USES) for role in CITY_ROLES},
    **{role: (TODAY, PLAN, USES) for role in STATE_ROLES},
    **{role: (TODAY, PLAN_FIGURES, USES) for role in (Role.IEN, Role.PEDAGOGICAL_ADVISER, Role.ERUN)},
    Role.CITY_EDUCATION: (TODAY, CITY, PLAN, USES, CITY_SITE),
    Role.TRAINER: (TODAY,),
    Role.PARENTS_FEDERATION: (TODAY, PLAN_FIGURES),
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
