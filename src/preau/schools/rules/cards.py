"""Who gives pupils their signs, pictures and cards. An AESH or an ATSEM helps a child with a card, and prints none."""

import datetime

from preau.kit.answers import Answer, No, Yes
from preau.people.models import Person, Role
from preau.people.queries.grounds import Grounds
from preau.places.models import Classroom

# Who may, by the place where the role is held (people.queries.grounds).
KEEPS_CARDS = Grounds("classroom", classroom=(Role.TEACHER, Role.SUPPLY_TEACHER), school=(Role.SCHOOL_HEAD,))
PRINTS_HOME = Grounds("classroom", classroom=(Role.TEACHER,), school=(Role.SCHOOL_HEAD,))


def can_keep_cards(person: Person, classroom: Classroom, today: datetime.date) -> Answer:
    """The teachers of the class, a supply teacher on their day, and the head: see signs and pictures, change them,
    print the cards of the class, refuse one."""
    if KEEPS_CARDS.covers(person, classroom, today):
        return Yes()
    return No("Seules l’équipe enseignante de la classe et la direction de l’école font les cartes des élèves.")


def can_print_home_cards(person: Person, classroom: Classroom, today: datetime.date) -> Answer:
    """A card that opens at home is given as a connection sheet is: a supply teacher's day gives none."""
    if PRINTS_HOME.covers(person, classroom, today):
        return Yes()
    return No("Seules l’enseignante ou l’enseignant de la classe et la direction impriment les cartes de la maison.")
