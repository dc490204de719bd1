"""Who opens a site and names its team, brings the city's file, matches its lines, and reads « ce midi, ce soir »."""

import datetime

from django.db.models import Q, QuerySet

from preau.ent.afterschool.models import ServiceFile, ServiceLine
from preau.kit.answers import Answer, No, Yes
from preau.kit.dates import memory_of
from preau.people.models import SITE_ROLES, Mandate, Person, Role
from preau.people.queries.grounds import Grounds
from preau.places.models import AfterSchool, City, Classroom, School
from preau.schools.models import Activity, Guardianship
from preau.schools.rules.activities import WRITES

# Who may, by the place where the role is held (people.queries.grounds).
CITY = Grounds("city", city=(Role.CITY_EDUCATION,))
SEES_SITE = Grounds("afterschool", afterschool=SITE_ROLES, city=(Role.CITY_EDUCATION,))
KEEPS_SITE = Grounds("afterschool", afterschool=(Role.SITE_MANAGER,), city=(Role.CITY_EDUCATION,))
NAMES_MANAGER = Grounds("afterschool", city=(Role.CITY_EDUCATION,))
SERVES = Grounds("afterschool", afterschool=SITE_ROLES)
HEADS = Grounds("school", school=(Role.SCHOOL_HEAD,))
# An AESH follows one child: who leaves with whom is not theirs to read for a class.
CLASS_TEAM = (Role.TEACHER, Role.SUPPLY_TEACHER, Role.ATSEM)
READS_CLASS = Grounds("classroom", classroom=CLASS_TEAM, school=(Role.SCHOOL_HEAD,))

ONLY_CITY = No("La Direction Éducation de la Ville ouvre les sites périscolaires et dépose ses fichiers.")
ONLY_KEEPERS = No("La personne responsable du site et la Direction Éducation nomment l’équipe.")
KNOWN_ELSEWHERE = No("Cette personne est connue à un autre titre aussi\u00a0: qui l’y a nommée fait sa fiche.")
ONLY_TEAM = No("Cette liste est pour l’équipe du site.")
ONLY_SCHOOL = No("Cette liste est pour l’équipe de la classe et la direction de l’école.")
ONLY_HEAD = No("La direction de l’école rapproche ces lignes de ses élèves.")


def cities_visible_to(person: Person, today: datetime.date) -> QuerySet[City]:
    """Cities whose sites one opens."""
    return City.objects.filter(CITY.where(person, today))


def can_keep_sites(person: Person, city: City, today: datetime.date) -> Answer:
    """Open a site, bring the city's file, undo it."""
    return Yes() if CITY.covers(person, city, today) else ONLY_CITY


def sites_visible_to(person: Person, today: datetime.date) -> QuerySet[AfterSchool]:
    """Sites where one serves, and those of the city whose Education service one is of."""
    return AfterSchool.objects.filter(SEES_SITE.where(person, today))


def can_name_team(person: Person, site: AfterSchool, today: datetime.date) -> Answer:
    """See who is in the team, and name somebody."""
    return Yes() if KEEPS_SITE.covers(person, site, today) else ONLY_KEEPERS


def roles_named_by(person: Person, site: AfterSchool, today: datetime.date) -> list[Role]:
    """A manager names animators and restauration; the city, who manages too."""
    if not KEEPS_SITE.covers(person, site, today):
        return []
    return [role for role in SITE_ROLES if role != Role.SITE_MANAGER or NAMES_MANAGER.covers(person, site, today)]


def agents_visible_to(person: Person, today: datetime.date) -> QuerySet[Mandate]:
    """Who serves, or will, in the sites one keeps."""
    return Mandate.objects.lasting(today).filter(KEEPS_SITE.where(person, today, "afterschool"), role__in=SITE_ROLES)


def can_end_agent(person: Person, mandate: Mandate, today: datetime.date) -> Answer:
    """Who names a role in a site ends it, and makes a sheet for who holds it."""
    return Yes() if mandate.role in roles_named_by(person, mandate.afterschool, today) else ONLY_CITY


def can_give_agent_sheet(person: Person, mandate: Mandate, today: datetime.date, *, withheld=None) -> Answer:
    """A code opens all that its holder may do: only of who holds nothing but what one names for, and has no child.
    `withheld` spares a second read."""
    if not (may := can_end_agent(person, mandate, today)):
        return may
    withheld = agent_sheets_withheld(person, [mandate], today) if withheld is None else withheld
    return KNOWN_ELSEWHERE if mandate.person_id in withheld else Yes()


def agent_sheets_withheld(person: Person, agents, today: datetime.date) -> set:
    """Ids of the persons, among these agents, who hold or answer for more than this person names; two queries. Roles
    that ended count while their publications are still read: a code would open those too."""
    holders = [agent.person_id for agent in agents]
    parents = Guardianship.objects.filter(guardian__in=holders).values_list("guardian", flat=True)
    held = Mandate.objects.lasting(memory_of(today)).filter(person__in=holders).select_related("afterschool__city")
    more = {m.person_id for m in held if not (m.afterschool_id and can_end_agent(person, m, today))}
    return more | set(parents)


def files_visible_to(person: Person, today: datetime.date) -> QuerySet[ServiceFile]:
    """The files of the city, for its Education service alone."""
    return ServiceFile.objects.filter(CITY.where(person, today, "city")).defer("table")


def lines_visible_to(person: Person, today: datetime.date) -> QuerySet[ServiceLine]:
    """Lines of files in force that name a child of the school one heads, and that nobody could match."""
    living = Q(file__applied_at__isnull=False, file__undone_at=None)
    return ServiceLine.objects.filter(living, HEADS.where(person, today, "school"))


def can_match(person: Person, line: ServiceLine, today: datetime.date) -> Answer:
    """The head of the school that the line names."""
    return Yes() if HEADS.covers(person, line, today, "school") else ONLY_HEAD


def schools_with_days_for(person: Person, today: datetime.date) -> QuerySet[School]:
    """Schools whose « ce midi, ce soir » one reads whole."""
    return School.objects.filter(HEADS.where(person, today))


def classrooms_with_days_for(person: Person, today: datetime.date) -> QuerySet[Classroom]:
    """Classes whose « ce midi, ce soir » one reads."""
    return Classroom.objects.filter(READS_CLASS.where(person, today))


def can_read_class_day(person: Person, classroom: Classroom, today: datetime.date) -> Answer:
    """The team of the class in school time, the head."""
    return Yes() if READS_CLASS.covers(person, classroom, today) else ONLY_SCHOOL


def can_read_school_day(person: Person, school: School, today: datetime.date) -> Answer:
    """The head, the lines to match too."""
    return Yes() if HEADS.covers(person, school, today) else ONLY_SCHOOL


def can_read_site_day(person: Person, site: AfterSchool, today: datetime.date) -> Answer:
    """The team of the site: not the city, which reads the names of its own file only."""
    return Yes() if SERVES.covers(person, site, today) else ONLY_TEAM


def kinds_read_by(person: Person, site: AfterSchool, today: datetime.date) -> tuple[str, ...]:
    """The kinds of services of a site whose children one reads: restauration, the canteen alone."""
    if WRITES.covers(person, site, today):
        return tuple(Activity.Kind.values)
    return (Activity.Kind.CANTEEN.value,) if SERVES.covers(person, site, today) else ()
