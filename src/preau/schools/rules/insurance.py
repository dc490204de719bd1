"""Who notes that an insurance certificate was handed in."""

import datetime

from preau.kit.answers import Answer, No, Yes
from preau.people.models import Person, Role
from preau.people.queries.grounds import Grounds
from preau.places.models import Classroom

# Who may, by the place where the role is held (people.queries.grounds).
NOTES = Grounds("classroom", classroom=(Role.TEACHER, Role.SUPPLY_TEACHER), school=(Role.SCHOOL_HEAD,))


def can_note_insurance(person: Person, classroom: Classroom, today: datetime.date) -> Answer:
    """The teachers of the class, and the head."""
    if NOTES.covers(person, classroom, today):
        return Yes()
    return No("Seules l’équipe enseignante de la classe et la direction de l’école notent les attestations.")
