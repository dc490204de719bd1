"""Who tells an absence, makes the appel, reads a reason, follows a pupil who misses class.

A reason is read by who teaches the class or heads the school, and by who gave it: not by the other parent, nor by
AESH, the city's staff, the city or the State. The emergency stop holds none of this: a child who is not there is told
of, whatever is stopped.
"""

from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_noop as _

from preau.ent.attendance.models import Absence, Missing
from preau.kit.answers import Answer, No, Yes
from preau.people.models import TEACHER_ROLES, Person, Role
from preau.people.queries.grounds import Grounds
from preau.places.models import Classroom, School
from preau.schools.queries import links_of_guardian
from preau.schools.queries.own import own_children

HEAD = (Role.SCHOOL_HEAD,)
# A supply teacher too, on their day; the head for any class of the school.
TAKES = Grounds("classroom", classroom=TEACHER_ROLES, school=HEAD)
HEADS = Grounds("school", school=HEAD)
ONLY_TEAM = No("L’appel est fait par l’enseignante ou l’enseignant de la classe, et par la direction de l’école.")
ONLY_HEAD = No("Cette page est celle de la direction de l’école.")
ONLY_TELLER = No(_("Seule la personne qui a annoncé cette absence peut la changer."))
ONLY_GUARDIAN = No(_("Seul un responsable de l’enfant peut annoncer une absence."))
NO_PUPIL = No(_("L’inscription n’a pas commencé, ou elle est finie. Si c’est une erreur, dites-le à l’école."))


def classrooms_called_by(person: Person, today: date) -> QuerySet[Classroom]:
    """Classes whose appel the person makes."""
    return Classroom.objects.filter(TAKES.where(person, today))


def schools_followed_by(person: Person, today: date) -> QuerySet[School]:
    """Schools whose absences the person follows."""
    return School.objects.filter(HEADS.where(person, today))


def children_told_by(person: Person, today: date) -> list[Person]:
    """Whose absences the person tells, the eldest first; nobody whom a decision of a judge restricts."""
    return [link.child for link in links_of_guardian(person, today)]


def absences_visible_to(person: Person, today: date) -> QuerySet[Absence]:
    """Those one told of one's children. What the school noted is put right where it was noted (`can_note_reason`):
    its reason may be the other parent's."""
    children = children_told_by(person, today)
    return Absence.objects.filter(told_by=person, way=Absence.Way.FAMILY, child__in=children)


def missing_visible_to(person: Person, today: date) -> QuerySet[Missing]:
    """Absences found at the appel: of one's children, of the classes one calls."""
    called = TAKES.where(person, today, "roll_call__classroom")
    return Missing.objects.filter(called | Q(pupil__in=children_told_by(person, today)), withdrawn_at=None)


def can_take_roll(person: Person, classroom: Classroom, today: date) -> Answer:
    """The teacher, whoever has the class that day, the head."""
    return Yes() if TAKES.covers(person, classroom, today) else ONLY_TEAM


def heads_school_of(person: Person, classroom: Classroom, today: date) -> bool:
    """Whether the person puts right an appel of another day."""
    return HEADS.covers(person, classroom.school, today)


def can_follow_absences(person: Person, school: School, today: date) -> Answer:
    """The head."""
    return Yes() if HEADS.covers(person, school, today) else ONLY_HEAD


def can_close_line(person: Person, school: School, pupil: Person, today: date) -> Answer:
    """The head, never of their own child."""
    if pupil.pk in own_children(person):
        return No("C’est votre enfant\u00a0: une autre personne de la direction, ou l’IEN, suit ses absences.")
    return can_follow_absences(person, school, today)


def can_tell_absences(person: Person, today: date) -> Answer:
    """Who answers for a child."""
    return Yes() if children_told_by(person, today) else ONLY_GUARDIAN


def can_tell_new_absence(person: Person, today: date) -> Answer:
    """The same, while one of these children is enrolled: who has left is expected nowhere."""
    if any(child.enrolled for child in children_told_by(person, today)):
        return Yes()
    return can_tell_absences(person, today) and NO_PUPIL


def can_tell_absence(person: Person, child: Person, today: date) -> Answer:
    """Each of those who answer for the child, whatever the other told."""
    return Yes() if child in children_told_by(person, today) else ONLY_GUARDIAN


def can_change_absence(person: Person, absence: Absence, today: date) -> Answer:
    """Who told it."""
    if absences_visible_to(person, today).filter(pk=absence.pk).exists():
        return Yes()
    return ONLY_TELLER


def can_note_reason(person: Person, missing: Missing, today: date) -> Answer:
    """A reason that the school was told by telephone or on paper; of one's own child, on the family's page."""
    if missing.pupil_id in own_children(person):
        return No("C’est votre enfant\u00a0: donnez la raison sur votre page de parent.")
    return can_take_roll(person, missing.roll_call.classroom, today)
