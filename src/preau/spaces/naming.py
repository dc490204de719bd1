"""How a space is addressed and called: rooms below `portal` lead back to its life, which `portal` draws. And how a
child is told from another."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field

from preau.people.models import Person
from preau.places.models import kind_of
from preau.schools.models import Enrolment
from preau.spaces.audiences.keys import CITY, NETWORK, Membership

SEGMENTS = {
    "classroom": "classe", "group": "groupe", "afterschool": "periscolaire", "school": "ecole", "network": "reseau",
    "city": "ville",
}  # fmt: skip
WORDS = {  # « la vie de la classe », « dans la vie de la classe »
    "classroom": "de la classe",
    "group": "du groupe",
    "afterschool": "du site périscolaire",
    "school": "de l’école",
    "network": "du réseau",
    "city": "de la Ville",
}
OPEN_TO_WRITERS = (NETWORK, CITY)


def life_address(place) -> str:
    """« /classe/<id>/vie/ »."""
    return f"/{SEGMENTS[kind_of(place)]}/{place.pk}/vie/"


def own_life_address(place, memberships: Iterable[Membership]) -> str:
    """The life of the space of a thing that one reads; empty for who writes there without being there: a class teacher
    who leads a group across classes. No right, and no query: the page itself refuses (`rules.single`)."""
    kind = kind_of(place)
    is_there = kind in OPEN_TO_WRITERS or any(m.kind == kind and m.place_id == place.pk for m in memberships)
    return life_address(place) if is_there else ""


REPORTED = {"comment": "commentaire", "writing": "texte"}


def report_address(what: str, thing_id: uuid.UUID) -> str:
    """« /signaler/texte/<id>/ »: where a reader says that it should not be there; `portal` answers."""
    return f"/signaler/{REPORTED[what]}/{thing_id}/"


def thing_address(thing_id: uuid.UUID) -> str:
    """« /signaler/lu/<id>/ »: leads who receives a report to where the thing was said; `portal` answers."""
    return f"/signaler/lu/{thing_id}/"


def words(place) -> str:
    """How the space is called in a sentence."""
    return WORDS[kind_of(place)]


# As above the coat hooks: a colour, an object and a name, never a colour alone (design README).
OBJECTS = ("kite", "snail", "boat", "marble", "top", "leaf")
COLOURS = 6


@dataclass(frozen=True)
class ChildTag:
    """How a child is told from another, everywhere the same for one guardian."""

    name: str
    colour: int
    object: str
    child_id: uuid.UUID | None = None
    enrolment: Enrolment | None = None  # with its class and school
    is_said: bool = True  # on a line of a page: of an only child it is not, all the page is about them
    drawn: dict[str, str] = field(default_factory=dict, compare=False, repr=False)  # by language, for one page


CITY_TAG = ChildTag("La Ville", 0, "city")


def child_tags(children: Iterable[Person], present: Iterable[uuid.UUID]) -> dict[uuid.UUID, ChildTag]:
    """One tag for each child `present` on the page, numbered among all the guardian's `children` in their own order: a
    child keeps one object on every page. With the class each is in (`schools.queries.links_of_guardian` has read it);
    no query."""
    present = set(present)
    return {
        child.pk: ChildTag(
            child.first_name,
            number % COLOURS + 1,
            OBJECTS[number % len(OBJECTS)],
            child.pk,
            getattr(child, "enrolled", None),
        )
        for number, child in enumerate(children)
        if child.pk in present
    }
