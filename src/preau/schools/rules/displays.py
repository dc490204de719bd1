"""Who arranges the pages of a pupil. No classmate, no other family, no city reads how."""

import datetime

from preau.kit.answers import Answer, No, Yes
from preau.people.models import Person
from preau.schools.rules import Ties, ties_of


def can_arrange_display(person: Person, pupil: Person, today: datetime.date, *, ties: Ties | None = None) -> Answer:
    """The teachers of the class, and the head. `ties` spares a second read."""
    ties = ties or ties_of(person, pupil, today)
    if ties.heads or ties.teaches:
        return Yes()
    return No("Seules l’équipe enseignante de la classe et la direction de l’école règlent cet affichage.")
