"""Who adds an event to the agenda of a place, who reads it, who changes it."""

import datetime

from django.db.models import Q, QuerySet

from preau.ent.agenda.models import Event, EventScope
from preau.kit.answers import Answer, No, Yes
from preau.kit.rows import in_any, is_among
from preau.people.models import SCHOOL_ROLES, SITE_ROLES, SITE_WRITERS, TEACHER_ROLES, Person, Role
from preau.people.queries.grounds import Grounds
from preau.places.models import AfterSchool, City, Classroom, Group, School
from preau.schools.rules import schools_of_groups
from preau.spaces import audiences
from preau.spaces.models import Publication
from preau.spaces.queries import published_to

# Who may, by the place where the role is held (people.queries.grounds).
WRITES = Grounds("classroom", classroom=TEACHER_ROLES, school=(Role.SCHOOL_HEAD,))
TEACHES = Grounds("classroom", classroom=TEACHER_ROLES)
IN_CLASS = Grounds("classroom", classroom=SCHOOL_ROLES, school=(Role.SCHOOL_HEAD,))
IN_SCHOOL = Grounds("school", school=SCHOOL_ROLES)
HEADS = Grounds("school", school=(Role.SCHOOL_HEAD,))
WRITES_FROM_SITE = Grounds("afterschool", afterschool=SITE_WRITERS)
IN_SITE = Grounds("afterschool", afterschool=SITE_ROLES)
WRITES_FOR_CITY = Grounds("city", city=(Role.CITY_EDUCATION,))

ONLY_WRITERS = No(
    "L’agenda est tenu par l’équipe enseignante de la classe, par la direction de l’école, par l’équipe du "
    "périscolaire et par la Ville pour le leur."
)


def events_visible_to(
    person: Person | None, today: datetime.date, *, memberships=None, also_public: bool = True
) -> QuerySet[Event]:
    """Those that reach the person, and their own. `memberships` spares a second read, `also_public=False` the question
    of those on public pages."""
    if memberships is None:
        memberships = audiences.memberships_of(person, today) if person else []
    said = published_to(memberships, today, also_public=also_public) | Q(author=person, author__isnull=False)
    return Event.objects.filter(is_among("publication", Publication.objects.filter(said)))


def events_for_team(person: Person, today: datetime.date) -> QuerySet[Event]:
    """What is told where the person serves, in a school or a site: adults read every scope. Of mandates alone, so that
    a home asks it among other lines (people.prepared); who is kept from it by a stop is the page's to say."""
    schools = School.objects.filter(IN_SCHOOL.where(person, today))
    spaces = (
        Classroom.objects.filter(IN_CLASS.where(person, today)).values("pk"),
        Group.objects.filter(HEADS.where(person, today, "school")).values("pk"),
        schools.values("pk"),
        schools.values("city"),
        AfterSchool.objects.filter(IN_SITE.where(person, today)).values("pk"),
    )
    return Event.objects.filter(in_any("space_id", *spaces), publication__state=Publication.State.PUBLISHED)


def scopes_open_to(person: Person, place, today: datetime.date) -> list[EventScope]:
    """For whom the person may add an event here, the usual one first; empty when they only read."""
    if isinstance(place, Classroom) and WRITES.covers(person, place, today):
        return [EventScope.ALL, EventScope.FAMILIES]
    if isinstance(place, Group) and place.school_id in schools_of_groups(person, today):
        return [EventScope.ALL, EventScope.FAMILIES]
    if isinstance(place, School) and HEADS.covers(person, place, today):
        return [EventScope.ALL, EventScope.FAMILIES, EventScope.STAFF, EventScope.PUBLIC]
    if isinstance(place, AfterSchool) and WRITES_FROM_SITE.covers(person, place, today):
        return [EventScope.FAMILIES]
    if isinstance(place, City) and WRITES_FOR_CITY.covers(person, place, today):
        return [EventScope.FAMILIES]
    return []


def places_written_in(person: Person, today: datetime.date) -> list:
    """Classes, schools and sites whose agenda is this person's to write; of a head the school alone. No query: of the
    mandates already read."""
    grounds = (("classroom", TEACHES), ("school", HEADS), ("afterschool", WRITES_FROM_SITE))
    return [getattr(held, kind) for kind, ground in grounds for held in ground.mandates(person, today)]


def can_add_event(person: Person, place, today: datetime.date) -> Answer:
    """Class: its teachers and the head. Group: who teaches in the school. School: the head. Site: its manager and
    animators. City: its Education."""
    return Yes() if scopes_open_to(person, place, today) else ONLY_WRITERS


def can_change_event(person: Person, event: Event, today: datetime.date) -> Answer:
    """Whoever may add one there, as long as its last day is not past."""
    answer = can_add_event(person, event.publication.place, today)
    if answer and event.publication.state != Publication.State.PUBLISHED:
        return No("Cet événement a été retiré\u00a0: plus personne ne le voit.")
    if answer and event.is_over(today):
        return No("Cet événement est passé\u00a0: il ne se change plus.")
    if answer and hasattr(event, "council") and event.council.final_at:
        return No("Le procès-verbal de ce conseil est définitif\u00a0: il s’est tenu.")
    return answer


def can_edit_event(person: Person, event: Event, today: datetime.date) -> Answer:
    """Its words and its days; those of a round of appointments follow from its slots."""
    if hasattr(event, "round"):
        return No("Les jours de ces rendez-vous sont ceux des créneaux\u00a0: ajoutez-en, ou retirez-en.")
    if hasattr(event, "council"):
        return No("Le jour d’un conseil convoqué ne se change pas\u00a0: annulez-le, puis convoquez-en un autre.")
    return can_change_event(person, event, today)
