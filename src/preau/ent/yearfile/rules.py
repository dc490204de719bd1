"""Who opens the dossier, who fills it for a child, who follows it."""

import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_noop as _

from preau.ent.yearfile import queries
from preau.ent.yearfile.models import Certificate, ContactChange, Item, Opening, Pickup, YearFile
from preau.kit.answers import Answer, No, Yes
from preau.kit.dates import school_year_label
from preau.kit.rows import is_among
from preau.people.models import TEACHER_ROLES, Person, Role
from preau.people.queries.grounds import Grounds
from preau.places.models import Classroom, School
from preau.schools.models import Enrolment
from preau.schools.queries import links_of_guardian
from preau.schools.queries.own import is_own, own_children

HEAD = (Role.SCHOOL_HEAD,)
# Who may, by the place where the role is held (people.queries.grounds).
HEADS = Grounds("school", school=HEAD)
FOLLOWS = Grounds("classroom", classroom=TEACHER_ROLES, school=HEAD)
HANDS_OVER = Grounds("classroom", classroom=(*TEACHER_ROLES, Role.ATSEM), school=HEAD)

ONLY_HEAD = No("Seule la direction de l’école peut le faire.")
ONLY_FOLLOWERS = No("Seules l’équipe enseignante de la classe et la direction de l’école suivent ces dossiers.")
ONLY_TEAM = No("Seules l’équipe de la classe et la direction de l’école lisent qui vient chercher un enfant.")
OWN_CHILD = No("C’est le dossier de votre propre enfant\u00a0: une autre personne de l’école le note.")
NOT_ASKED = No(_("L’école de cet enfant ne demande pas de dossier de rentrée pour le moment."))
NO_AUTHORITY = No(
    _("L’école a noté que vous n’avez pas l’autorité parentale\u00a0: un autre responsable remplit cette partie.")
)


def schools_visible_to(person: Person, today: datetime.date) -> QuerySet[School]:
    """Schools whose dossier the person opens and follows."""
    return School.objects.filter(HEADS.where(person, today))


def classrooms_visible_to(person: Person, today: datetime.date) -> QuerySet[Classroom]:
    """Classes whose dossiers the person follows."""
    return Classroom.objects.filter(FOLLOWS.where(person, today))


def classrooms_handed_over_by(person: Person, today: datetime.date) -> QuerySet[Classroom]:
    """Classes whose children the person hands over at the end of the day: an ATSEM does, with no dossier to follow."""
    return Classroom.objects.filter(HANDS_OVER.where(person, today))


def children_asked(person: Person, today: datetime.date) -> QuerySet[Person]:
    """One's children, whose school asks a dossier or not."""
    return Person.objects.filter(pk__in=[link.child_id for link in links_of_guardian(person, today)])


def files_followed_by(person: Person, today: datetime.date) -> QuerySet[YearFile]:
    """Files of the families of the classes one follows, this year; never of one's own child."""
    here = Enrolment.objects.current(today).filter(
        Q(classroom__in=classrooms_visible_to(person, today)) | Q(school__in=schools_visible_to(person, today)),
        pupil=OuterRef("child"),
        school=OuterRef("opening__school"),
    )
    asked = YearFile.objects.filter(opening__school_year=school_year_label(today))
    return asked.filter(Exists(here), ~is_own(person, "child"))


def certificates_visible_to(person: Person, today: datetime.date) -> QuerySet[Certificate]:
    """One's own, and those one notes."""
    own = Q(year_file__guardian=person, year_file__child__in=children_asked(person, today))
    followed = Q(is_among("year_file", files_followed_by(person, today)))
    return Certificate.objects.filter(own | followed, ready_at__isnull=False)


def pickups_visible_to(person: Person, today: datetime.date) -> QuerySet[Pickup]:
    """Whom one has named oneself, for a child who is still one's own."""
    return Pickup.objects.filter(named_by=person, ended_at=None, child__in=children_asked(person, today))


def changes_visible_to(person: Person, today: datetime.date) -> QuerySet[ContactChange]:
    """Contacts to write in ONDE, of the school one heads; never of the other parent of one's own child."""
    rows = ContactChange.objects.filter(HEADS.where(person, today, "school"), reported_at=None)
    return rows.exclude(queries.is_of_family_of(person))


def can_open_year_file(person: Person, school: School, today: datetime.date) -> Answer:
    return Yes() if HEADS.covers(person, school, today) else ONLY_HEAD


def can_follow_class(person: Person, classroom: Classroom, today: datetime.date) -> Answer:
    return Yes() if FOLLOWS.covers(person, classroom, today) else ONLY_FOLLOWERS


def can_hand_over(person: Person, classroom: Classroom, today: datetime.date) -> Answer:
    return Yes() if HANDS_OVER.covers(person, classroom, today) else ONLY_TEAM


def is_guardian(person: Person, today: datetime.date) -> bool:
    """Whose « Mon compte » leads to the dossier, asked this year or not: no query."""
    return bool(links_of_guardian(person, today))


def can_fill(person: Person, child: Person, item: str, today: datetime.date) -> Answer:
    """A guardian of today whom nothing restricts; what commits the child, by who may hold authority."""
    link = next((one for one in links_of_guardian(person, today) if one.child_id == child.pk), None)
    if link is None or open_for(child, today) is None:
        return NOT_ASKED
    return Yes() if Item(item) in queries.asked_of(link) else NO_AUTHORITY


def can_note_paper(person: Person, year_file: YearFile, today: datetime.date) -> Answer:
    """Who follows the class notes what came back on paper, never for their own child."""
    if year_file.child_id in own_children(person):
        return OWN_CHILD
    return Yes() if files_followed_by(person, today).filter(pk=year_file.pk).exists() else ONLY_FOLLOWERS


def can_report_change(person: Person, change: ContactChange, today: datetime.date) -> Answer:
    """The head, of what is still to report; another person of the school for the head's own family."""
    return Yes() if changes_visible_to(person, today).filter(pk=change.pk).exists() else ONLY_HEAD


def can_end_pickup(person: Person, pickup: Pickup, today: datetime.date) -> Answer:
    """Who named them, while they answer for the child: the other parent has a list of their own."""
    if pickup.named_by_id != person.pk:
        return NOT_ASKED
    return can_fill(person, pickup.child, Item.PICKUPS, today)


def open_for(child: Person, today: datetime.date) -> Opening | None:
    """The dossier that the child's school asks this year; one query."""
    schools = Enrolment.objects.current(today).filter(pupil=child.pk).values("school")
    return queries.openings(today).filter(school__in=schools).first()
