"""Who follows their agenda by a secret address."""

import datetime

from preau.kit.answers import Answer, No, Yes
from preau.people.models import Person
from preau.people.queries import is_child


def can_have_feed(person: Person, today: datetime.date) -> Answer:
    """Every adult; a child's telephone keeps nothing of the school (trust.md R17)."""
    return No("L’adresse de l’agenda est pour les adultes.") if is_child(person, today) else Yes()
