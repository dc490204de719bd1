"""Who sees which files, opinions, messages and notes (plan.md W1 and permission matrix; mission §6).

The team writes its own file; each authority its own opinions and nobody else's. What others than the team read is
the last locked copy: nothing before a first filing. Elected members and federations read the committees' dossiers.
"""

from django.db.models import Exists, F, OuterRef, Q

from preau.people.models import Role
from preau.people.queries import current_mandates, holds
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


def _place_query(mandate, school_path=""):
    """Applications' or schools' filter for the ground of a mandate, or None when it gives none."""
    path = f"{school_path}__" if school_path else ""
    if mandate.role in CITY_READERS and mandate.city_id:
        return Q(**{f"{path}city": mandate.city_id})
    if mandate.role in DEPARTMENT_READERS and mandate.department_id:
        return Q(**{f"{path}city__department": mandate.department_id})
    if mandate.role in DISTRICT_READERS and mandate.district_id:
        return Q(**{f"{path}district": mandate.district_id})
    return None


def schools_taught_by(person, today) -> set:
    """Ids of the schools where the person heads or teaches: the team that writes."""
    mandates = current_mandates(person, today) if person else ()
    return {m.school_id or m.classroom.school_id for m in mandates if m.role in TEAM}


def applications_visible_to(person, today):
    """Those of the person's own school, drafts too; else those filed in the district, the city or the département."""
    wanted = Q(school__in=schools_taught_by(person, today))
    for mandate in current_mandates(person, today) if person else ():
        place = _place_query(mandate, "school")
        if place is not None:
            wanted |= place & Q(copies_count__gte=1)
    return Application.objects.filter(wanted)


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
    wanted = Q(id__in=schools_taught_by(person, today))
    for mandate in current_mandates(person, today) if person else ():
        place = _place_query(mandate)
        if place is not None:
            wanted |= place
    return School.objects.filter(wanted)


def cities_managed_by(person, today):
    """Cities whose calls the person writes: the Direction Éducation's."""
    mandates = current_mandates(person, today) if person else ()
    return City.objects.filter(id__in=[m.city_id for m in mandates if m.role == Role.CITY_EDUCATION and m.city_id])


def is_team(person, school, today) -> bool:
    """Heads or teaches in the school."""
    return school.pk in schools_taught_by(person, today)


def is_head(person, school, today) -> bool:
    """Heads the school."""
    return holds(person, Role.SCHOOL_HEAD, today=today, place=school)


def authorities_of(person, school, today) -> list[Authority]:
    """The authorities whose pen the person holds for this school, in the order of the file."""
    return [a for a in Authority if _holds_pen(person, a, school, today)]


def _holds_pen(person, authority, school, today):
    for mandate in current_mandates(person, today) if person else ():
        if mandate.role not in PENS[authority]:
            continue
        if authority == Authority.IEN:
            ground = mandate.district_id and mandate.district_id == school.district_id
        elif authority in CITY_AUTHORITIES:
            ground = mandate.city_id and mandate.city_id == school.city_id
        else:
            ground = mandate.department_id and mandate.department_id == school.city.department_id
        if ground:
            return True
    return False


def pens_query(person, today):
    """Opinions asked of the authorities whose pen the person holds, given or not."""
    wanted = Q()
    for mandate in current_mandates(person, today) if person else ():
        held = [authority for authority, roles in PENS.items() if mandate.role in roles]
        if not held:
            continue
        if mandate.district_id:
            wanted |= Q(authority__in=held, application__school__district=mandate.district_id)
        elif mandate.city_id:
            wanted |= Q(authority__in=held, application__school__city=mandate.city_id)
        elif mandate.department_id:
            wanted |= Q(authority__in=held, application__school__city__department=mandate.department_id)
    return wanted or Q(pk__in=())


def opinions_to_give_by(person, today):
    """Those that wait for the person's pen on the last copy filed, late ones too."""
    return Opinion.objects.awaited().filter(pens_query(person, today))


def opinions_to_extend_by(person, today):
    """Opinions past their day whose term the person may put off: the city's Education for the city's services, the
    DSDEN and the DAN for the State's (AC-24)."""
    wanted = Q(pk=None)
    for mandate in current_mandates(person, today) if person else ():
        if mandate.role == Role.CITY_EDUCATION and mandate.city_id:
            wanted |= Q(authority__in=CITY_AUTHORITIES, application__school__city=mandate.city_id)
        elif mandate.role in (*PENS[Authority.DSDEN], *PENS[Authority.DAN]) and mandate.department_id:
            wanted |= Q(application__school__city__department=mandate.department_id) & ~Q(
                authority__in=CITY_AUTHORITIES
            )
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
    wanted = Q(application__school__in=schools_taught_by(person, today)) & ~Q(voice=SCHOOL_VOICE)
    heard = Q(pk=None)
    for m in current_mandates(person, today) if person else ():
        if m.role in DISTRICT_READERS and m.district_id:
            heard |= Q(application__school__district=m.district_id)
        elif m.role in STATE_READERS and m.department_id:
            heard |= Q(application__school__city__department=m.department_id)
        elif m.role == Role.CITY_EDUCATION and m.city_id:
            heard |= Q(application__school__city=m.city_id)
    seen = applications_visible_to(person, today)
    return last.filter(wanted | (heard & Q(voice=SCHOOL_VOICE)), application__in=seen)


def opinions_visible_to(person, today):
    """Opinions of the files in sight whose verdict the person may read; not yet given ones show their day only.

    A released opinion is read by all who read the file, but the IEN's by the city's IT (plan.md, permission matrix:
    it reads the technical part). Before, or when confidential: its own authority; the IEN's, by the département and
    the Direction Éducation; the DSDEN's and the DAN's, by the département and the city; the city's technical ones, by
    the city and the département. The school never reads a confidential one.
    """
    released = Q(released_at__isnull=False) & ~_of_the_ien_for_it_alone(person, today)
    wanted = released | Q(given_at=None) | pens_query(person, today)
    for mandate in current_mandates(person, today) if person else ():
        if mandate.role in STATE_READERS and mandate.department_id:
            wanted |= Q(application__school__city__department=mandate.department_id)
        elif mandate.role == Role.CITY_EDUCATION and mandate.city_id:
            wanted |= Q(application__school__city=mandate.city_id)
        elif mandate.role == Role.CITY_IT and mandate.city_id:
            wanted |= Q(application__school__city=mandate.city_id, authority__in=STATE_REVIEWERS)
    return Opinion.objects.filter(wanted, application__in=applications_visible_to(person, today))


def _of_the_ien_for_it_alone(person, today) -> Q:
    """Opinions of IENs on files that the person reads as the city's IT and as nothing else."""
    held = {}
    for mandate in current_mandates(person, today) if person else ():
        held.setdefault(mandate.city_id, set()).add(mandate.role)
    cities = [city for city, roles in held.items() if city and roles == {Role.CITY_IT}]
    schools = Q(application__school__city__in=cities) & ~Q(application__school__in=schools_taught_by(person, today))
    return Q(authority=Authority.IEN) & schools


def sections_visible_to(person, application, today) -> tuple | None:
    """None: every section. The city's IT reads the technical part only."""
    school = application.school
    roles = {m.role for m in current_mandates(person, today) if m.city_id == school.city_id}
    only_technical = roles == {Role.CITY_IT} and not is_team(person, school, today)
    return TECHNICAL_SECTIONS if only_technical else None


def attachments_visible_to(person, today):
    """Pieces of the files in sight: the team's own from the moment they are joined, the others' once filed."""
    own = Q(application__school__in=schools_taught_by(person, today))
    seen = applications_visible_to(person, today)
    return Attachment.objects.filter(own | Q(filed_at__isnull=False), application__in=seen)


def titled_for(person, today):
    """Files in sight whose project, title included, the person reads: not those of which the technical part only."""
    return applications_visible_to(person, today).filter(of_titled(person, today))


def of_titled(person, today) -> Q:
    """The same, as a condition on files in sight."""
    roles = {}
    for mandate in current_mandates(person, today) if person else ():
        roles.setdefault(mandate.city_id, set()).add(mandate.role)
    only_technical = Q(school__city__in=[city for city, held in roles.items() if city and held == {Role.CITY_IT}])
    return ~only_technical | Q(school__in=schools_taught_by(person, today))


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
    school = application.school
    if is_team(person, school, today):
        return True
    for m in current_mandates(person, today) if person else ():
        in_district = m.role in DISTRICT_READERS and m.district_id and m.district_id == school.district_id
        in_department = m.role in STATE_READERS and m.department_id == school.city.department_id
        in_city = m.role == Role.CITY_EDUCATION and m.city_id == school.city_id
        if (in_district or in_department or in_city) and application.copies_count:
            return True
    return False


def holds_a_pen(person, today) -> bool:
    """Gives opinions somewhere."""
    roles = {role for pens in PENS.values() for role in pens}
    return any(m.role in roles for m in (current_mandates(person, today) if person else ()))


def reads_envelope(person, city, today) -> bool:
    """Money of the city: its Direction Éducation and IT, and the département (« totals only »); no school nor IEN."""
    for m in current_mandates(person, today) if person else ():
        in_city = m.role in CITY_READERS and m.city_id == city.pk
        if in_city or (m.role in STATE_READERS and m.department_id == city.department_id):
            return True
    return False
