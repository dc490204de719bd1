"""How a space is addressed and called: rooms below `portal` lead back to its life, which `portal` draws. And how a
child is told from another."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from preau.kit.prepared import Prepared, one_of_asked
from preau.people.models import Person
from preau.places.models import kind_of
from preau.schools.models import Enrolment

SEGMENTS = {
    "classroom": "classe", "group": "groupe", "afterschool": "periscolaire", "school": "ecole", "city": "ville",
}  # fmt: skip
WORDS = {  # « la vie de la classe », « dans la vie de la classe »
    "classroom": "de la classe",
    "group": "du groupe",
    "afterschool": "du site périscolaire",
    "school": "de l’école",
    "city": "de la Ville",
}


def life_address(place) -> str:
    """« /classe/<id>/vie/ »."""
    return f"/{SEGMENTS[kind_of(place)]}/{place.pk}/vie/"


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


CITY_TAG = ChildTag("La Ville", 0, "city")


def child_tags(children: Iterable[Person], present: Iterable[uuid.UUID], today=None) -> dict[uuid.UUID, ChildTag]:
    """One tag a child, in the guardian's own order; of a day, with the class it is in: one query."""
    present = set(present)
    if not present:
        return {}
    rows = _enrolments_on(today, len(present)).rows(*present) if today else ()
    enrolled = {enrolment.pupil_id: enrolment for enrolment in rows}
    return {
        child.pk: ChildTag(
            child.first_name, number % COLOURS + 1, OBJECTS[number % len(OBJECTS)], child.pk, enrolled.get(child.pk)
        )
        for number, child in enumerate(child for child in children if child.pk in present)
    }


@lru_cache(maxsize=16)
def _enrolments_on(today, children_count):
    enrolments = Enrolment.objects.current(today).filter(one_of_asked("pupil", children_count))
    return Prepared(enrolments.select_related("classroom", "school").order_by("-starts_on", "-id"))
