"""Who may read a school's register, and who may change it. City and State read no name (mission.md, rule 6)."""

import datetime
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from preau.kit.answers import Answer, No, Yes
from preau.kit.names import name_key
from preau.people.models import CLASS_ROLES, SCHOOL_ROLES, ActivationCode, Mandate, Person, Role
from preau.people.queries import is_child, places_held
from preau.people.queries.grounds import Grounds
from preau.places.models import READER_LEVELS, City, Classroom, Group, School
from preau.schools.models import OF_THE_CITY, UNDO, Enrolment, Function, Guardianship
from preau.schools.queries.own import own_children
from preau.schools.sheets import sheets_withheld

TEACHES = (Role.TEACHER, Role.SUPPLY_TEACHER)
HEAD = (Role.SCHOOL_HEAD,)

# Who may, by the place where the role is held (people.queries.grounds).
SERVES = Grounds("school", school=SCHOOL_ROLES)
HEADS = Grounds("school", school=HEAD)
NAMES_AGENTS = Grounds("school", city=(Role.CITY_EDUCATION,))
READS_TEAM = Grounds("school", school=SCHOOL_ROLES, city=(Role.CITY_EDUCATION,))
READS_LIST = Grounds("classroom", classroom=CLASS_ROLES, school=HEAD)
IN_CLASS = Grounds("classroom", classroom=CLASS_ROLES)
GIVES_CLASS = Grounds("classroom", classroom=(Role.TEACHER,), school=HEAD)

ONLY_HEAD = No("Seule la direction de l’école peut le faire.")
TOO_YOUNG = No("Un élève entre seul à partir du CE2\u00a0: avant, il n’a pas de fiche.")
ONLY_GIVERS = No("Seules la direction de l’école et l’enseignante ou l’enseignant de la classe font cette fiche.")
ONLY_CLASS = No("Seules la direction de l’école et l’équipe enseignante de la classe lisent cette page.")


def schools_visible_to(person: Person, today: datetime.date) -> QuerySet[School]:
    """Schools whose register the person keeps, or where they serve."""
    return School.objects.filter(SERVES.where(person, today))


def classrooms_visible_to(person: Person, today: datetime.date) -> QuerySet[Classroom]:
    """Class lists: the head reads those of the school, the staff of a class its own."""
    return Classroom.objects.filter(READS_LIST.where(person, today))


def schools_of_groups(person: Person, today: datetime.date) -> set:
    """Ids of the schools whose groups the person keeps: who teaches in the school, or heads it. The teacher of a
    dispositif serves the school: one of its classes is not enough."""
    return places_held(person, Role.TEACHER, Role.SCHOOL_HEAD, today=today)


def groups_visible_to(person: Person, today: datetime.date) -> QuerySet[Group]:
    """Groups and dispositifs of the school one heads: belonging to one is nobody else's business here."""
    return Group.objects.filter(HEADS.where(person, today, "school"))


def pupils_visible_to(person: Person, today: datetime.date) -> QuerySet[Person]:
    """Pupils of the school one heads (30 days after they left), of one's class, one's own children, oneself."""
    seen = Q(ends_on=None) | Q(ends_on__gte=today - UNDO)
    of_school = Enrolment.objects.filter(seen, HEADS.where(person, today, "school"))
    of_class = Enrolment.objects.current(today).filter(IN_CLASS.where(person, today, "classroom"))
    children = Guardianship.objects.reached(today).filter(guardian=person)
    return Person.objects.filter(
        Q(pk__in=of_school.values("pupil"))
        | Q(pk__in=of_class.values("pupil"))
        | Q(pk__in=children.values("child"))
        | Q(pk=person.pk, enrolments__isnull=False)
    ).distinct()


def mandates_endable_by(person: Person, today: datetime.date) -> QuerySet[Mandate]:
    """Supply days of the classes one teaches or heads."""
    supply = Mandate.objects.current(today).filter(role=Role.SUPPLY_TEACHER)
    return supply.filter(GIVES_CLASS.where(person, today, "classroom"))


def cities_staffed_by(person: Person, today: datetime.date) -> QuerySet[City]:
    """Cities whose Education service names the city's staff in schools (standards.md, P3)."""
    return City.objects.filter(pk__in=places_held(person, Role.CITY_EDUCATION, today=today))


def schools_with_team_for(person: Person, today: datetime.date) -> QuerySet[School]:
    """Schools where one serves, and those of the city for whose Education service one names agents."""
    return School.objects.filter(READS_TEAM.where(person, today))


def team_visible_to(person: Person, today: datetime.date) -> QuerySet[Mandate]:
    """Who serves, or will, by school or by class, where one serves; the Ville sees its own agents alone."""
    schools, cities = schools_visible_to(person, today).values("pk"), cities_staffed_by(person, today).values("pk")
    agents = Q(role=Role.ATSEM) & (Q(school__city__in=cities) | Q(classroom__school__city__in=cities))
    team = Mandate.objects.lasting(today).filter(role__in=SCHOOL_ROLES)
    return team.filter(Q(school__in=schools) | Q(classroom__school__in=schools) | agents)


def staff_known_to(person: Person, school: School, today: datetime.date) -> QuerySet[Mandate]:
    """Whom one who names somebody there may be told of, long gone too: who served in the school, who took a class for
    a day in its city; for the Ville its own agents."""
    here = Q(school=school) | Q(classroom__school=school)
    in_city = Q(school__city=school.city_id) | Q(classroom__school__city=school.city_id)
    told = Q(pk__in=())
    if schools_visible_to(person, today).filter(pk=school.pk).exists():
        told |= here & Q(role__in=SCHOOL_ROLES) | in_city & Q(role=Role.SUPPLY_TEACHER)
    if cities_staffed_by(person, today).filter(pk=school.city_id).exists():
        told |= in_city & Q(role=Role.ATSEM)
    return Mandate.objects.filter(told)


def functions_named_by(person: Person, school: School, today: datetime.date) -> list[Function]:
    """What one may name somebody for in a school: the head all, the Ville its own agents."""
    if HEADS.covers(person, school, today):
        return list(Function)
    return list(OF_THE_CITY) if NAMES_AGENTS.covers(person, school, today) else []


def can_name_staff(person: Person, school: School, today: datetime.date) -> Answer:
    """Name somebody of the team, and see who is in it."""
    return Yes() if functions_named_by(person, school, today) else ONLY_HEAD


def can_end_function(person: Person, mandate: Mandate, today: datetime.date) -> Answer:
    """Who names a role in a place ends it: the head those of the team, the Ville its agents, the operator a head."""
    school = mandate.school or mandate.classroom.school
    by_city = mandate.role == Role.ATSEM
    if by_city and NAMES_AGENTS.covers(person, school, today):
        return Yes()
    if not HEADS.covers(person, school, today):
        return ONLY_HEAD
    if mandate.role == Role.SCHOOL_HEAD:
        return No("Seule la personne qui tient la base nomme une direction et met fin à sa fonction.")
    if mandate.role == Role.SUPPLY_TEACHER:
        return No("Un remplacement s’arrête seul le soir\u00a0; la page de la classe le reprend avant.")
    return Yes()


def can_keep_register(person: Person, school: School, today: datetime.date) -> Answer:
    """Enrol, move, end, add a guardian, restrict, open a group, name somebody of the team."""
    return Yes() if HEADS.covers(person, school, today) else ONLY_HEAD


def schools_headed_by(person: Person, today: datetime.date) -> QuerySet[School]:
    """Schools whose register the person keeps."""
    return School.objects.filter(HEADS.where(person, today))


@dataclass(frozen=True)
class Ties:
    """What ties a person to a pupil's register: read once, asked by every rule below."""

    heads: bool  # the pupil's school; the one they left within 30 days while they are in no other
    teaches: frozenset  # roles held in the pupil's class
    is_guardian: bool  # is or was, on any row


def ties_of(person: Person, pupil: Person, today: datetime.date) -> Ties:
    """At most two queries, the person's mandates aside; none of a pupil read by `queries.with_path` for them."""
    headed = places_held(person, Role.SCHOOL_HEAD, today=today)
    rows = [(e.school_id, e.classroom_id, e.starts_on, e.ends_on) for e in pupil.enrolments.all()]
    current = [(school, room) for school, room, start, end in rows if start <= today and (end is None or end >= today)]
    left = {school for school, _, _, end in rows if end is None or end >= today - UNDO}
    own = getattr(pupil, "is_own_child", None)
    rooms = {room for _, room in current}
    return Ties(
        heads=bool(headed & ({school for school, _ in current} or left)),
        teaches=frozenset(role for role in TEACHES if rooms & places_held(person, role, today=today)),
        is_guardian=pupil.pk in own_children(person) if own is None else own,
    )


def can_change_pupil(person: Person, pupil: Person, today: datetime.date, *, ties: Ties | None = None) -> Answer:
    """The head of the pupil's school. `ties` spares a second read."""
    return Yes() if (ties or ties_of(person, pupil, today)).heads else ONLY_HEAD


def can_change_guardians(person: Person, pupil: Person, today: datetime.date, *, ties: Ties | None = None) -> Answer:
    """The head, never one who is or was a guardian of the child (users.md rule 16)."""
    ties = ties or ties_of(person, pupil, today)
    if ties.is_guardian:
        return No("Vous êtes responsable de cet élève\u00a0: demandez à l’IEN de faire noter ce changement.")
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
    if GIVES_CLASS.covers(person, classroom, today):
        return Yes()
    return No("Seules l’enseignante ou l’enseignant de la classe et la direction donnent la classe.")


def gives_sheets(ties: Ties) -> bool:
    """The head of the pupil's school and the teacher of the class; a supply teacher's day gives none."""
    return ties.heads or Role.TEACHER in ties.teaches


def can_give_sheet(
    person: Person, holder: Person, pupil: Person, today: datetime.date, *, ties: Ties | None = None, withheld=None
) -> Answer:
    """A connection sheet, to the pupil or to who answers for them: from the school, in two actions (trust.md 13,
    users.md rule 15). `withheld` spares a second read."""
    ties = ties or ties_of(person, pupil, today)
    if not gives_sheets(ties):
        return ONLY_GIVERS
    if holder == pupil and not enters_alone(pupil, today):
        return TOO_YOUNG
    if withheld is None:
        withheld = sheets_withheld(person, [holder], today, child=pupil)
    return withheld.get(holder.pk, Yes())


def can_give_team_sheet(person: Person, mandate: Mandate, today: datetime.date, *, withheld=None) -> Answer:
    """A connection sheet to one of the team, from the head; of two schools, from either. Never to who holds more than
    classes: a head must not open what the city or the State gave."""
    if not HEADS.covers(person, mandate.school or mandate.classroom.school, today):
        return ONLY_HEAD
    if withheld is None:
        withheld = sheets_withheld(person, (), today, team=[mandate.person])
    return withheld.get(mandate.person_id, Yes())


def enters_alone(pupil: Person, today: datetime.date) -> bool:
    """In CE2, CM1 or CM2 that day (trust.md §0.2); reads the pupil's enrolments."""
    return any(
        e.level in READER_LEVELS and e.starts_on <= today and (e.ends_on is None or e.ends_on >= today)
        for e in pupil.enrolments.all()
    )


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
        return No(_("Cette fiche est la vôtre : elle n’ajoute pas d’élève."))
    if not other.children_links.current(today).exists() or other.mandates.exists() or other.birth_date:
        return No(_("Cette fiche n’est pas celle d’un parent : elle ouvre son propre compte."))
    account = getattr(other, "account", None)
    if account and (account.last_login or account.has_usable_password()):
        return No(_("Cette fiche va avec un compte déjà ouvert. Entrez avec lui, ou demandez une aide à l’école."))
    if other.children_links.filter(child=person).exists():
        return No(_("Cette fiche est la vôtre : elle n’ajoute pas d’élève."))
    if not _same_human(person, other):
        reason = gettext(
            "Cette fiche est au nom de %(name)s. Chaque parent a la sienne et la garde ; si c’est vous, faites "
            "corriger votre nom par l’une des deux écoles."
        )
        return No(reason % {"name": other.full_name})
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
