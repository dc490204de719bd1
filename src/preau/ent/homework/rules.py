"""Who writes what is to be done at home, who reads it, who says it is done.

Read today by who is in the class or the group today: a supply teacher on their day, a guardian whom no decision keeps
away. « C’est fait » is the pupil's and their family's: no adult of the school reads it.
"""

import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_noop as _

from preau.ent.homework.models import Assignment, AssignmentFile, Done, DueDay
from preau.kit.answers import Answer, No, Yes
from preau.kit.rows import is_among
from preau.people.models import CLASS_ROLES, TEACHER_ROLES, Person, Role
from preau.people.queries import is_child
from preau.people.queries.grounds import Grounds
from preau.places.models import Classroom, Group
from preau.schools.queries import links_of_guardian
from preau.schools.rules import schools_of_groups
from preau.spaces import audiences
from preau.spaces.models import Publication, Reach

# Who may, by the place where the role is held (people.queries.grounds).
WRITES = Grounds("classroom", classroom=TEACHER_ROLES, school=(Role.SCHOOL_HEAD,))
HEADS = Grounds("school", school=(Role.SCHOOL_HEAD,))
SERVES = Grounds("classroom", classroom=CLASS_ROLES)

KINDS = (audiences.CLASSROOM, audiences.GROUP, audiences.CHILD)
State = Publication.State
RECOVER_WITHIN = datetime.timedelta(days=30)
ONLY_WRITERS = No(
    "Les leçons sont écrites par l’équipe enseignante de la classe ou du groupe, et par la direction de l’école."
)
NO_CHILD = No(_("Cette page est celle des élèves et de leurs familles\u00a0: aucun enfant n’est noté pour vous."))
NOT_YOURS = No(_("Seul l’élève peut dire que c’est fait."))


def readers_of(memberships, today: datetime.date) -> list[audiences.Membership]:
    """Of these memberships, those by which one reads today: nothing that is stopped, nothing of a former class."""
    return [m for m in memberships if m.kind in KINDS and not m.stop_id and m.is_current(today)]


def due_days_visible_to(person: Person, today: datetime.date, *, memberships=None) -> QuerySet[DueDay]:
    """Those that reach the person today. `memberships` spares a second read."""
    memberships = audiences.memberships_of(person, today) if memberships is None else memberships
    mine = readers_of(memberships, today)
    reached = Reach.objects.filter(
        publication=OuterRef("assignment__publication"), audience__in={m.audience for m in mine}
    )
    return DueDay.objects.filter(
        Exists(reached),
        space_id__in={m.place_id for m in mine},
        assignment__publication__state=State.PUBLISHED,
    )


def assignments_visible_to(person: Person, today: datetime.date, *, memberships=None) -> QuerySet[Assignment]:
    """Those of these days; to who writes there, what was withdrawn too."""
    days = due_days_visible_to(person, today, memberships=memberships).filter(assignment=OuterRef("pk"))
    withdrawn = _written_by(person, today) & Q(publication__state=State.WITHDRAWN)
    return Assignment.objects.filter(Exists(days) | withdrawn)


def assignment_files_visible_to(person: Person, today: datetime.date) -> QuerySet[AssignmentFile]:
    """What is joined to the lessons that the person reads, once it may be read."""
    return AssignmentFile.objects.filter(
        is_among("assignment", assignments_visible_to(person, today)), ready_at__isnull=False
    )


def due_days_served_by(person: Person, today: datetime.date) -> QuerySet[DueDay]:
    """Those of the classes where the person serves. Of mandates alone, so that a home asks it among other lines
    (people.prepared); who is kept from it by a stop is the page's to say."""
    here = SERVES.where(person, today, "assignment__publication__classroom")
    return DueDay.objects.filter(here, assignment__publication__state=State.PUBLISHED)


def done_visible_to(person: Person, today: datetime.date) -> QuerySet[Done]:
    """What the pupil said, and what one's children said: nobody else's, and no adult of the school."""
    children = [link.child_id for link in links_of_guardian(person, today)]
    return Done.objects.filter(Q(pupil=person) | Q(pupil__in=children))


def can_have_homework(memberships, today: datetime.date) -> Answer:
    """Pupils, and who answers for a child; the memberships by which one is either are given."""
    return Yes() if any(m.is_current(today) for m in memberships) else NO_CHILD


def can_write_in(person: Person, place, today: datetime.date) -> Answer:
    """As for posts. Class: its teachers, a supply teacher on their day, the head. Group: who teaches in the school."""
    if isinstance(place, Classroom) and WRITES.covers(person, place, today):
        return Yes()
    if isinstance(place, Group) and place.school_id in schools_of_groups(person, today):
        return Yes()
    return ONLY_WRITERS


def can_change_assignment(person: Person, assignment: Assignment, today: datetime.date) -> Answer:
    """Whoever writes there, as long as its last day is not past."""
    answer = can_write_in(person, assignment.publication.place, today)
    if answer and assignment.publication.state != State.PUBLISHED:
        return No("Cette leçon est retirée. Remettez-la d’abord.")
    if answer and assignment.is_over(today):
        return No("Ce jour est passé\u00a0: cette leçon ne se change plus.")
    return answer


def can_change_day(person: Person, due_day: DueDay, today: datetime.date) -> Answer:
    """The same, of one day of it."""
    answer = can_change_assignment(person, due_day.assignment, today)
    if answer and due_day.day < today:
        return No("Ce jour est passé\u00a0: il ne se change plus.")
    return answer


def can_restore_assignment(person: Person, assignment: Assignment, today: datetime.date) -> Answer:
    """Within 30 days, whoever writes there; what another withdrew, who did so or the head."""
    publication = assignment.publication
    if publication.state != State.WITHDRAWN:
        return No("Cette leçon n’est pas retirée.")
    if today > timezone.localdate(publication.withdrawn_at) + RECOVER_WITHIN:
        return No("Cette leçon est retirée depuis plus de 30 jours.")
    by_another = publication.withdrawn_by_id not in (None, person.pk)
    if by_another and not HEADS.covers(person, publication.place, today, "school"):
        return No("Une autre personne l’a retirée\u00a0: demandez-lui, ou à la direction, de la remettre.")
    return can_write_in(person, publication.place, today)


def can_say_done(person: Person, due_day: DueDay, today: datetime.date) -> Answer:
    """A pupil, of what is theirs to do, until its day."""
    if not is_child(person, today) or not due_days_visible_to(person, today).filter(pk=due_day.pk).exists():
        return NOT_YOURS
    if due_day.day < today:
        return No("Ce jour est passé\u00a0: c’est rangé.")
    return Yes()


def _written_by(person, today):
    groups = Q(publication__group__school__in=schools_of_groups(person, today))
    return WRITES.where(person, today, "publication__classroom") | groups
