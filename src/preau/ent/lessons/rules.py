"""Who opens a session for a class, who helps in it, whose name a device shows."""

import datetime

from django.db.models import Q, QuerySet

from preau.ent.lessons.models import Lesson
from preau.kit.answers import Answer, No, Yes
from preau.people.models import CLASS_ROLES, TEACHER_ROLES, Person, Role
from preau.people.queries.grounds import Grounds
from preau.places.models import Classroom
from preau.schools.rules import schools_of_groups

# Who opens and decides; an AESH and an ATSEM help: they see who is in, accept a tablet, let a child in.
OPENS = Grounds("classroom", classroom=TEACHER_ROLES, school=(Role.SCHOOL_HEAD,))
HELPS = Grounds("classroom", classroom=CLASS_ROLES, school=(Role.SCHOOL_HEAD,))
NOT_OPENED = No("Une séance est ouverte par l’enseignante ou l’enseignant de la classe, ou par la direction.")
NOT_HELPED = No("Seuls les adultes de la classe voient sa séance.")
CLOSED = No("Cette séance est fermée.")


def lessons_visible_to(person: Person, today: datetime.date) -> QuerySet[Lesson]:
    """Those of the classes where the person serves, and of the groups of the school where they teach."""
    groups = Q(group__school__in=schools_of_groups(person, today))
    return Lesson.objects.filter(HELPS.where(person, today, "classroom") | groups)


def can_open_lesson(person: Person, place, today: datetime.date) -> Answer:
    """Class: its teachers, a supply teacher on their day, the head. Group, dispositif: who teaches in the school."""
    if isinstance(place, Classroom):
        return Yes() if OPENS.covers(person, place, today) else NOT_OPENED
    return Yes() if place.school_id in schools_of_groups(person, today) else NOT_OPENED


def can_help_in_lesson(person: Person, lesson: Lesson, today: datetime.date) -> Answer:
    """Accepts tablets, lets in, answers a raised hand."""
    if lesson.closed_at:
        return CLOSED
    is_there = lesson.classroom_id and HELPS.covers(person, lesson.classroom, today)
    return Yes() if is_there or can_open_lesson(person, lesson.place, today) else NOT_HELPED


def can_lead_lesson(person: Person, lesson: Lesson, today: datetime.date) -> Answer:
    """Pauses, mutes, gives the next activity, closes."""
    return CLOSED if lesson.closed_at else can_open_lesson(person, lesson.place, today)
