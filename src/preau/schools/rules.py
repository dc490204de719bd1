"""Who may read a school's register, and who may change it. City and State read no name (mission.md, rule 6)."""

import datetime
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from preau.kit.answers import Answer, No, Yes
from preau.kit.names import name_key
from preau.people.models import CLASS_ROLES, ActivationCode, Mandate, Person, Role
from preau.people.queries import current_mandates, holds, is_child, places_held
from preau.places.models import Classroom, Group, School
from preau.schools.models import UNDO, Enrolment, Guardianship

TEACHES = (Role.TEACHER, Role.SUPPLY_TEACHER)
ONLY_HEAD = No("Seule la direction de l’école peut le faire.")
ONLY_CLASS = No("Seules la direction de l’école et l’équipe enseignante de la classe lisent cette page.")


def schools_visible_to(person: Person, today: datetime.date) -> QuerySet[School]:
    """Schools whose register the person keeps, or where they serve."""
    worked = {m.school_id or (m.classroom and m.classroom.school_id) for m in _serving(person, today)}
    return School.objects.filter(pk__in=worked - {None})


def classrooms_visible_to(person: Person, today: datetime.date) -> QuerySet[Classroom]:
    """Class lists: the head reads those of the school, the staff of a class its own."""
    own = places_held(person, *CLASS_ROLES, today=today)
    return Classroom.objects.filter(Q(school__in=_headed(person, today)) | Q(pk__in=own))


def groups_visible_to(person: Person, today: datetime.date) -> QuerySet[Group]:
    """Groups and dispositifs of the school one heads: belonging to one is nobody else's business here."""
    return Group.objects.filter(school__in=_headed(person, today))


def pupils_visible_to(person: Person, today: datetime.date) -> QuerySet[Person]:
    """Pupils of the school one heads (30 days after they left), of one's class, one's own children, oneself."""
    seen = Q(ends_on=None) | Q(ends_on__gte=today - UNDO)
    of_school = Enrolment.objects.filter(seen, school__in=_headed(person, today))
    of_class = Enrolment.objects.current(today).filter(classroom__in=places_held(person, *CLASS_ROLES, today=today))
    children = Guardianship.objects.reached(today).filter(guardian=person)
    return Person.objects.filter(
        Q(pk__in=of_school.values("pupil"))
        | Q(pk__in=of_class.values("pupil"))
        | Q(pk__in=children.values("child"))
        | Q(pk=person.pk, enrolments__isnull=False)
    ).distinct()


def mandates_endable_by(person: Person, today: datetime.date) -> QuerySet[Mandate]:
    """Supply days of the classes one teaches or heads."""
    rooms = Classroom.objects.filter(
        Q(school__in=_headed(person, today)) | Q(pk__in=places_held(person, Role.TEACHER, today=today))
    )
    return Mandate.objects.current(today).filter(role=Role.SUPPLY_TEACHER, classroom__in=rooms.values("pk"))


def can_keep_register(person: Person, school: School, today: datetime.date) -> Answer:
    """Enrol, move, end, add a guardian, restrict, open a group, welcome a teacher."""
    return Yes() if holds(person, Role.SCHOOL_HEAD, today=today, place=school) else ONLY_HEAD


def schools_headed_by(person: Person, today: datetime.date) -> QuerySet[School]:
    """Schools whose register the person keeps."""
    return School.objects.filter(pk__in=_headed(person, today))


@dataclass(frozen=True)
class Ties:
    """What ties a person to a pupil's register: read once, asked by every rule below."""

    heads: bool  # the pupil's school; the one they left within 30 days while they are in no other
    teaches: frozenset  # roles held in the pupil's class
    is_guardian: bool  # is or was, on any row


def ties_of(person: Person, pupil: Person, today: datetime.date) -> Ties:
    """Two queries, the person's mandates aside."""
    headed = _headed(person, today)
    rows = [(e.school_id, e.classroom_id, e.starts_on, e.ends_on) for e in pupil.enrolments.all()]
    current = [(school, room) for school, room, start, end in rows if start <= today and (end is None or end >= today)]
    left = {school for school, _, _, end in rows if end is None or end >= today - UNDO}
    rooms = {room for _, room in current}
    return Ties(
        heads=bool(headed & ({school for school, _ in current} or left)),
        teaches=frozenset(
            m.role for m in current_mandates(person, today) if m.classroom_id in rooms and m.role in TEACHES
        ),
        is_guardian=Guardianship.objects.filter(child=pupil, guardian=person).exists(),
    )


def can_change_pupil(person: Person, pupil: Person, today: datetime.date, *, ties: Ties | None = None) -> Answer:
    """The head of the pupil's school. `ties` spares a second read."""
    return Yes() if (ties or ties_of(person, pupil, today)).heads else ONLY_HEAD


def can_change_guardians(person: Person, pupil: Person, today: datetime.date, *, ties: Ties | None = None) -> Answer:
    """The head, never one who is or was a guardian of the child (users.md rule 16)."""
    ties = ties or ties_of(person, pupil, today)
    if ties.is_guardian:
        return No("Vous êtes responsable de cet enfant\u00a0: demandez à l’IEN de faire noter ce changement.")
    return can_change_pupil(person, pupil, today, ties=ties)


def can_read_record(person: Person, pupil: Person, today: datetime.date, *, ties: Ties | None = None) -> Answer:
    """Identity and guardians: head of the school, teachers of the class."""
    ties = ties or ties_of(person, pupil, today)
    return Yes() if ties.heads or ties.teaches else ONLY_CLASS


def can_read_contacts(person: Person, pupil: Person, today: datetime.date, *, ties: Ties | None = None) -> Answer:
    """How to reach the guardians: never for a parent of the child, even one who teaches it (users.md P6)."""
    ties = ties or ties_of(person, pupil, today)
    return ONLY_CLASS if ties.is_guardian else can_read_record(person, pupil, today, ties=ties)


def can_read_hints(person: Person, pupil: Person, today: datetime.date, *, ties: Ties | None = None) -> Answer:
    """What ONDE notes about photographs and associations: the head and the class teacher only (issue, ent.md §7)."""
    ties = ties or ties_of(person, pupil, today)
    return Yes() if ties.heads or Role.TEACHER in ties.teaches else ONLY_CLASS


def can_give_class(person: Person, classroom: Classroom, today: datetime.date) -> Answer:
    """The teacher of the class for the day, or the head for an absent teacher."""
    if holds(person, Role.TEACHER, today=today, place=classroom):
        return Yes()
    if holds(person, Role.SCHOOL_HEAD, today=today, place=classroom.school):
        return Yes()
    return No("Seules l’enseignante ou l’enseignant de la classe et la direction donnent la classe.")


def _headed(person, today):
    return places_held(person, Role.SCHOOL_HEAD, today=today)


def _serving(person, today):
    return [m for m in current_mandates(person, today) if m.role == Role.SCHOOL_HEAD or m.role in CLASS_ROLES]


def can_have_other_children(person: Person, today: datetime.date) -> Answer:
    """Any adult: an aunt, a teacher or a head may also be a parent."""
    return No("Cette page est pour les adultes.") if is_child(person, today) else Yes()


def links_of_sheet(code: ActivationCode, today: datetime.date):
    """The children that the holder of a sheet may know by it."""
    return code.person.children_links.current(today).select_related("child").order_by("child__sort_key")


def can_join_guardians(person: Person, code: ActivationCode, today: datetime.date) -> Answer:
    """The sheet is the same human being's: a parent's, never entered, of the same name. Never someone who works here.

    A sheet opens its account to whoever holds it; joining gives no more than that, and never one parent's to the other.
    """
    other = code.person
    if is_child(person, today) or other.pk == person.pk:
        return No("Cette fiche est la vôtre : elle n’ajoute pas d’enfant.")
    if not other.children_links.current(today).exists() or other.mandates.exists() or other.birth_date:
        return No("Cette fiche n’est pas celle d’un parent : elle ouvre son propre compte.")
    account = getattr(other, "account", None)
    if account and (account.last_login or account.has_usable_password()):
        return No("Cette fiche va avec un compte déjà ouvert. Entrez avec lui, ou demandez une aide à l’école.")
    if other.children_links.filter(child=person).exists():
        return No("Cette fiche est la vôtre : elle n’ajoute pas d’enfant.")
    if not _same_human(person, other):
        return No(
            f"Cette fiche est au nom de {other.full_name}. Chaque parent a la sienne et la garde ; "
            "si c’est vous, faites corriger votre nom par l’une des deux écoles."
        )
    return Yes()


def _same_human(one, other):
    """The same first name, and a common family name or a common way to be reached."""
    if name_key(one.first_name) != name_key(other.first_name):
        return False
    names = [{name_key(p.last_name), name_key(p.usage_name)} - {""} for p in (one, other)]
    if names[0] & names[1]:
        return True
    reached = [{(c.kind, c.match_key) for c in p.contacts.exclude(kind="address")} for p in (one, other)]
    return bool(reached[0] & reached[1])
