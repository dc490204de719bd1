"""Who sees that a connection sheet is asked for, and answers by making it."""

import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from preau.kit.answers import Answer, Yes
from preau.people.models import CLASS_ROLES, Mandate, Person, Role, SheetAsk
from preau.people.queries import holds
from preau.places.models import Classroom
from preau.schools.models import Enrolment, Guardianship
from preau.schools.rules import GIVES_CLASS, HEADS, ONLY_GIVERS


def sheet_asks_visible_to(person: Person, today: datetime.date) -> QuerySet[SheetAsk]:
    """Of the pupils and families of the school one heads, or of the class one teaches; of the head's team. Never one's
    own. Those already answered too."""
    given = enrolments_given_sheets_by(person, today)
    pupils = given.filter(pupil=OuterRef("person"))
    families = Guardianship.objects.current(today).filter(
        Exists(given.filter(pupil=OuterRef("child"))), guardian=OuterRef("person")
    )
    at = HEADS.where(person, today, "school") | HEADS.where(person, today, "classroom__school")
    team = Mandate.objects.current(today).filter(at, role__in=CLASS_ROLES, person=OuterRef("person"))
    return SheetAsk.objects.filter(Exists(pupils) | Exists(families) | Exists(team)).exclude(person=person)


def can_answer_sheet_asks(person: Person, today: datetime.date) -> Answer:
    """The head, and who teaches a class; a supply teacher's day gives no sheet."""
    if holds(person, Role.SCHOOL_HEAD, Role.TEACHER, today=today):
        return Yes()
    return ONLY_GIVERS


def enrolments_given_sheets_by(person: Person, today: datetime.date) -> QuerySet[Enrolment]:
    """Enrolments of the day in the school one heads, or in the class one teaches."""
    rooms = Classroom.objects.filter(GIVES_CLASS.where(person, today))
    return Enrolment.objects.current(today).filter(HEADS.where(person, today, "school") | Q(classroom__in=rooms))
