"""Where each face can go: at most six doors, and never a door to nowhere.

A line names a URL; it is dropped while that URL does not exist. `args` makes the URL's arguments from the face;
None hides the door. Add a line here when a room gains a page that a role should reach from anywhere.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import NoReverseMatch

from preau.kit.pages import addresses
from preau.people.models import CITY_ROLES, STATE_ROLES, Role
from preau.web.faces import GUARDIAN, PUPIL, Face


@dataclass(frozen=True)
class Door:
    """A label and the name of a URL; `covers` is the path whose pages are behind it, when it is not the URL's own."""

    label: str
    url_name: str
    args: Callable[[Face], dict | None] = lambda face: {}
    covers: str = ""


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
# A head keeps a school as well as living in it: « Mon école » would be a guess between this and the register.
SCHOOL_LIFE = Door("La vie de l’école", "portal:school_home", of_school)
CITY = Door("La Ville", "portal:city_home", of_city)
LIST = Door("La liste", "schools:classroom", of_classroom)
REGISTER = Door("Élèves et équipes", "schools:school", of_school)
START = Door("Rentrée", "arrivals:start", of_school)
SITE = Door("Site public", "sites:manage_school", of_school)
CITY_SITE = Door("Mentions du site", "sites:manage_city", of_city)
PLAN = Door("Vue d’ensemble", "steering:steering_home")
DESK = Door("Plan numérique", "desk:home", covers="/plan/")
PLAN_FIGURES = Door("Chiffres du plan", "equipment:plan_home")
COMMITTEES = Door("Comités", "governance:committee_home")
SEALED = Door("Journal scellé", "steering:sealed_journal")
READY = Door("Écoles prêtes", "premises:readiness_list")
FILES = Door("Candidatures", "applications:application_list")
OPINIONS = Door("Avis à rendre", "applications:opinion_list")
WIFI = Door("Wi-Fi", "wifi:school_wifi", of_school)
USES = Door("Usages", "usage:week")
DOORS: dict[str, tuple[Door, ...]] = {
    Role.TEACHER: (TODAY, CLASS, LIST, SCHOOL, DESK, WIFI),
    Role.SUPPLY_TEACHER: (TODAY, CLASS, LIST, SCHOOL, DESK, WIFI),
    Role.AESH: (TODAY, CLASS, LIST, SCHOOL, DESK),
    Role.SCHOOL_CITY_STAFF: (TODAY, CLASS, LIST, SCHOOL, DESK),
    Role.SCHOOL_HEAD: (TODAY, SCHOOL_LIFE, REGISTER, START, SITE, DESK),
    GUARDIAN: (TODAY,),
    PUPIL: (TODAY, CLASS),
    **{role: (TODAY, CITY, DESK, PLAN, COMMITTEES, USES) for role in CITY_ROLES},
    **{role: (TODAY, DESK, OPINIONS, PLAN, COMMITTEES, USES) for role in STATE_ROLES},
    Role.IEN: (TODAY, DESK, OPINIONS, PLAN_FIGURES, COMMITTEES, USES),
    **{role: (TODAY, DESK, PLAN_FIGURES, COMMITTEES, SEALED, USES) for role in (Role.PEDAGOGICAL_ADVISER, Role.ERUN)},
    Role.CITY_EDUCATION: (TODAY, CITY, DESK, PLAN, USES, CITY_SITE),
    Role.CITY_IT: (TODAY, CITY, DESK, PLAN, READY, USES),
    Role.TRAINER: (TODAY, DESK, FILES, PLAN_FIGURES, COMMITTEES),
    Role.PARENTS_FEDERATION: (TODAY, DESK, PLAN_FIGURES, COMMITTEES, SEALED),
    Role.OPERATOR: (TODAY, Door("La base", "base")),
}
MOST = 6


def doors_of(face: Face | None, path: str) -> list[OpenDoor]:
    """The doors of a face, the one behind which the current page is marked as here: the longest start of its path."""
    if face is None:
        return []
    found = [(door, url) for door in DOORS.get(face.role, (TODAY,)) if (url := address(door, face))]
    starts = {door: door.covers or url for door, url in found if path.startswith(door.covers or url)}
    here = max(starts, key=lambda door: len(starts[door]), default=None)
    return [OpenDoor(door.label, url, door is here) for door, url in found[:MOST]]


def address(door: Door, face: Face) -> str | None:
    """The door's URL, or None when it does not exist or has no sense for this face."""
    arguments = door.args(face)
    if arguments is None:
        return None
    try:
        return addresses.address(door.url_name, **arguments)
    except NoReverseMatch:
        return None
