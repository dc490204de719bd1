"""Who sees which files, opinions, messages and notes (plan.md W1 and permission matrix; mission §6).

The team writes its own file; each authority its own opinions and nobody else's. What others than the team read is
the last locked copy: nothing before a first filing. Elected members and federations read the committees' dossiers.
"""

from django.db.models import Exists, F, OuterRef, Q

from preau.people.models import Mandate, Role
from preau.people.queries import holds
from preau.people.queries.grounds import Grounds
from preau.places.models import City, School
from preau.plan.applications.models import (
    CITY_AUTHORITIES,
    OVER,
    STATE_REVIEWERS,
    Application,
    Attachment,
    Authority,
    Call,
    FormRevision,
    Message,
    Note,
    Opinion,
    Verdict,
)
from preau.plan.equipment.rules import DEPARTMENT_READERS, DISTRICT_READERS, STATE_READERS

SCHOOL_VOICE = "École"  # the title under which a team speaks on its file
TEAM = (Role.SCHOOL_HEAD, Role.TEACHER)
CITY_READERS = (Role.CITY_EDUCATION, Role.CITY_IT)
# What the city's IT reads of a file: « R technical part » (plan.md, permission matrix).
TECHNICAL_SECTIONS = ("ecole", "existant", "equipement", "organisation")
# The role that holds each authority's pen.
PENS = {
    Authority.IEN: (Role.IEN,),
    Authority.DSDEN: (Role.DSDEN, Role.IA_DASEN, Role.IA_DASEN_DEPUTY),
    Authority.DAN: (Role.DAN,),
    Authority.CITY_IT: (Role.CITY_IT,),
    Authority.BUILDINGS: (Role.CITY_EDUCATION, Role.CITY_IT),
}


# Who may, by the place where the role is held (people.queries.grounds).
FILED = {"city": CITY_READERS, "department": DEPARTMENT_READERS, "district": DISTRICT_READERS}
WRITES = Grounds("school", school=TEAM)
READS_FILED = Grounds("school", **FILED)
REACHES = Grounds("school", school=TEAM, **FILED)
HEARS = Grounds("school", city=(Role.CITY_EDUCATION,), department=STATE_READERS, district=DISTRICT_READERS)
READS_OPINIONS = Grounds("school", city=(Role.CITY_EDUCATION,), department=STATE_READERS)
IS_CITY_IT = Grounds("school", city=(Role.CITY_IT,))
READS_ENVELOPE = Grounds("city", city=CITY_READERS, department=STATE_READERS)
MANAGES_CALLS = Grounds("city", city=(Role.CITY_EDUCATION,))
EXTENDS_FOR_CITY = Grounds("school", city=(Role.CITY_EDUCATION,))
REVIEWS_FOR_STATE = Grounds("school", department=(*PENS[Authority.DSDEN], *PENS[Authority.DAN]))
HOLDS_PEN = {
    Authority.IEN: Grounds("school", district=PENS[Authority.IEN]),
    Authority.DSDEN: Grounds("school", department=PENS[Authority.DSDEN]),
    Authority.DAN: Grounds("school", department=PENS[Authority.DAN]),
    Authority.CITY_IT: Grounds("school", city=PENS[Authority.CITY_IT]),
    Authority.BUILDINGS: Grounds("school", city=PENS[Authority.BUILDINGS]),
}


def schools_taught_by(person, today) -> set:
    """Ids of the schools where the person heads or teaches: the team that writes."""
    return WRITES.places(person, today)


def applications_visible_to(person, today):
    """Those of the person's own school, drafts too; else those filed in the district, the city or the département."""
    filed = READS_FILED.where(person, today, "school") & Q(copies_count__gte=1)
    return Application.objects.filter(WRITES.where(person, today, "school") | filed)


def calls_visible_to(person, today):
    """The calls of the cities the person works for or teaches in, and of those with a school in the ground."""
    return Call.objects.filter(city__in=_cities(person, today))


def revisions_visible_to(person, today):
    """Forms: the city's own; others read them once published."""
    own = Q(city__in=cities_managed_by(person, today))
    return FormRevision.objects.filter(own | Q(city__in=_cities(person, today), published_at__isnull=False))


def _cities(person, today):
    return schools_in_reach(person, today).values("city")


def schools_in_reach(person, today):
    """The schools whose files the person would read: the own one, the district's, the city's, the département's."""
    return School.objects.filter(REACHES.where(person, today))


def cities_managed_by(person, today):
    """Cities whose calls the person writes: the Direction Éducation's."""
    return City.objects.filter(MANAGES_CALLS.where(person, today))


def is_team(person, school, today) -> bool:
    """Heads or teaches in the school."""
    return WRITES.covers(person, school, today)


def is_head(person, school, today) -> bool:
    """Heads the school."""
    return holds(person, Role.SCHOOL_HEAD, today=today, place=school)


def authorities_of(person, school, today) -> list[Authority]:
    """The authorities whose pen the person holds for this school, in the order of the file."""
    return [authority for authority in Authority if HOLDS_PEN[authority].covers(person, school, today)]


def pens_unheld(school, today) -> set[Authority]:
    """The authorities whose pen nobody holds for this school yet: their opinion waits for nobody; one query."""
    held = Q(*(pen.held_at(school) for pen in HOLDS_PEN.values()), _connector=Q.OR)
    roles = set(Mandate.objects.current(today).filter(held).values_list("role", flat=True))
    return {authority for authority in Authority if roles.isdisjoint(PENS[authority])}


def pens_query(person, today):
    """Opinions asked of the authorities whose pen the person holds, given or not."""
    held = {authority: pen.where(person, today, "application__school") for authority, pen in HOLDS_PEN.items()}
    return Q(*(Q(authority=authority) & where for authority, where in held.items()), _connector=Q.OR)


def opinions_to_give_by(person, today):
    """Those that wait for the person's pen on the last copy filed, late ones too."""
    return Opinion.objects.awaited().filter(pens_query(person, today))


def opinions_to_extend_by(person, today):
    """Opinions past their day whose term the person may put off: the city's Education for the city's services, the
    DSDEN and the DAN for the State's (AC-24)."""
    of_city, path = Q(authority__in=CITY_AUTHORITIES), "application__school"
    wanted = of_city & EXTENDS_FOR_CITY.where(person, today, path)
    wanted |= REVIEWS_FOR_STATE.where(person, today, path) & ~of_city
    return Opinion.objects.awaited().filter(wanted, due_on__lt=today)


def opinions_to_release_by(person, today):
    """Given by the person's authority on the last copy, for the school to read, and not shown to it yet."""
    given = _given_on_last_copy(person, today)
    return given.filter(released_at=None, is_confidential=False)


def opinions_to_lift_by(person, today):
    """Whose reservations the person's authority may still lift."""
    return _given_on_last_copy(person, today).filter(verdict=Verdict.WITH_RESERVATIONS, lifted_at=None)


def _given_on_last_copy(person, today):
    """The person's authority's own, while the file is not over."""
    given = Opinion.objects.filter(pens_query(person, today), given_at__isnull=False)
    return given.filter(submission__number=F("application__copies_count")).exclude(application__state__in=OVER)


def last_messages_for(person, today):
    """The last word said on each file the person may answer on, when the other side said it: the school for an
    authority, an authority for the school. A call for changes is its own line."""
    later = Message.objects.filter(application=OuterRef("application"), sent_at__gt=OuterRef("sent_at"))
    last = Message.objects.filter(~Exists(later), kind=Message.Kind.MESSAGE).exclude(application__state__in=OVER)
    of_school, path = Q(voice=SCHOOL_VOICE), "application__school"
    wanted = WRITES.where(person, today, path) & ~of_school | HEARS.where(person, today, path) & of_school
    return last.filter(wanted, application__in=applications_visible_to(person, today))


def opinions_visible_to(person, today):
    """Opinions of the files in sight whose verdict the person may read; not yet given ones show their day only.

    A released opinion is read by all who read the file, but the IEN's by the city's IT (plan.md, permission matrix:
    it reads the technical part). Before, or when confidential: its own authority; the IEN's, by the département and
    the Direction Éducation; the DSDEN's and the DAN's, by the département and the city; the city's technical ones, by
    the city and the département. The school never reads a confidential one.
    """
    released = Q(released_at__isnull=False) & ~_of_the_ien_for_it_alone(person, today)
    wanted, path = released | Q(given_at=None) | pens_query(person, today), "application__school"
    wanted |= READS_OPINIONS.where(person, today, path)
    wanted |= IS_CITY_IT.where(person, today, path) & Q(authority__in=STATE_REVIEWERS)
    return Opinion.objects.filter(wanted, application__in=applications_visible_to(person, today))


def _of_the_ien_for_it_alone(person, today) -> Q:
    """Opinions of IENs on files that the person reads as the city's IT and as nothing else."""
    schools = Q(application__school__city__in=IS_CITY_IT.places_alone(person, today))
    return Q(authority=Authority.IEN) & schools & ~WRITES.where(person, today, "application__school")


def sections_visible_to(person, application, today) -> tuple | None:
    """None: every section. The city's IT reads the technical part only."""
    school = application.school
    as_it = school.city_id in IS_CITY_IT.places_alone(person, today)
    only_technical = as_it and not is_team(person, school, today)
    return TECHNICAL_SECTIONS if only_technical else None


def attachments_visible_to(person, today):
    """Pieces of the files in sight: the team's own from the moment they are joined, the others' once filed."""
    own = WRITES.where(person, today, "application__school")
    seen = applications_visible_to(person, today)
    return Attachment.objects.filter(own | Q(filed_at__isnull=False), application__in=seen)


def titled_for(person, today):
    """Files in sight whose project, title included, the person reads: not those of which the technical part only."""
    return applications_visible_to(person, today).filter(of_titled(person, today))


def of_titled(person, today) -> Q:
    """The same, as a condition on files in sight."""
    only_technical = Q(school__city__in=IS_CITY_IT.places_alone(person, today))
    return ~only_technical | WRITES.where(person, today, "school")


def messages_visible_to(person, application, today):
    """Everyone who reads the whole file reads what is said on it; the city's IT and trainers do not."""
    if writes_on(person, application, today):
        return Message.objects.filter(application=application)
    return Message.objects.none()


def notes_visible_to(person, application, authority, today):
    """The notes of an authority whose pen the person holds, no other's."""
    own = set(authorities_of(person, application.school, today)) & {authority}
    return Note.objects.filter(application=application, authority__in=own)


def writes_on(person, application, today) -> bool:
    """The team; once filed, the IEN and the district's advisers, the département, the Direction Éducation."""
    if is_team(person, application.school, today):
        return True
    return bool(application.copies_count) and HEARS.covers(person, application, today, "school")


def holds_a_pen(person, today) -> bool:
    """Whether the person gives opinions for any school."""
    return any(pen.places(person, today) for pen in HOLDS_PEN.values())


def reads_envelope(person, city, today) -> bool:
    """Money of the city: its Direction Éducation and IT, and the département (« totals only »); no school nor IEN."""
    return READS_ENVELOPE.covers(person, city, today)
