"""Who opens classes to one of the team named for the whole school: the head alone. The Ville names its agents for a
school; what a class says is not the Ville's to open (trust.md 32, standards.md P3)."""

import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from preau.kit.answers import Answer, No, Yes
from preau.kit.dates import school_year_label
from preau.people.models import Mandate, Person, Role
from preau.places.models import Classroom
from preau.schools.beginning import is_alone
from preau.schools.models import Function
from preau.schools.rules import HEADS, ONLY_HEAD

OPENED = tuple(Role(function.value) for function in Function)
NOT_OPENED = No("Cette fonction n’ouvre pas de classe.")


def can_open_classes(person: Person, mandate: Mandate, today: datetime.date) -> Answer:
    """The head of the school, to a teacher, an AESH or an ATSEM who serves there, by the school or by a class."""
    if not HEADS.covers(person, mandate.school or mandate.classroom.school, today):
        return ONLY_HEAD
    return Yes() if mandate.role in OPENED else NOT_OPENED


def classes_alone(person: Person, today: datetime.date) -> QuerySet[Classroom]:
    """Classes of this year, of the schools one heads, that no teacher holds."""
    return Classroom.objects.filter(HEADS.where(person, today, "school"), is_alone(today))


def atsem_without_class(person: Person, today: datetime.date) -> QuerySet[Mandate]:
    """ATSEM of the schools one heads to whom no class of theirs is open, where there is one this year."""
    agents = Mandate.objects.current(today).filter(role=Role.ATSEM)
    in_class = agents.filter(person=OuterRef("person"), classroom__school=OuterRef("school"))
    rooms = Classroom.objects.filter(school=OuterRef("school"), school_year=school_year_label(today))
    here = Q(HEADS.where(person, today, "school"), school__isnull=False)
    return agents.filter(here, Exists(rooms), ~Exists(in_class))
