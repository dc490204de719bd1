"""Who reads a child's notebook, writes in it, and shows a page to the family."""

import datetime

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from preau.ent.portfolio.models import Page, Piece, Takeaway
from preau.ent.portfolio.queries import enrolment_of, level_of
from preau.kit.answers import Answer, No, Yes
from preau.kit.rows import is_among
from preau.people.models import TEACHER_ROLES, Person, Role
from preau.people.queries import holds, is_child
from preau.people.queries.grounds import Grounds
from preau.places.models import READER_LEVELS, Classroom
from preau.schools.models import Enrolment
from preau.schools.queries import links_of_guardian
from preau.spaces import audiences

# Who writes and shows, by the place where the role is held (people.queries.grounds).
KEEPS = Grounds("classroom", classroom=TEACHER_ROLES, school=(Role.SCHOOL_HEAD,))
TEACHES = Grounds("classroom", classroom=TEACHER_ROLES)
HEADS = Grounds("school", school=(Role.SCHOOL_HEAD,))
State = Page.State
OWN_DRAFT = Q(state=State.DRAFT, author=F("child"))  # a pupil's, that nobody else reads
NOT_THEIRS = No("Seules l’enseignante ou l’enseignant de la classe et la direction tiennent ce cahier.")
NOT_YET = No("À partir du CE2, un élève écrit dans son cahier. Avant, c’est l’adulte qui écrit avec lui.")
NOT_YOURS = No("Un merci se dit d’une page du cahier de votre enfant.")
NOT_WAITING = No("Cette page n’attend pas d’être relue.")


def memberships_of_child(person, today):
    """One's memberships that are a child's own, today; read once for who asks for a page (people/middleware.py)."""
    known = getattr(person, "read_once", {})
    if ("of_child", today) not in known:
        all_of_them = audiences.memberships_of(person, today)
        known["of_child", today] = [m for m in all_of_them if m.kind == audiences.CHILD and m.is_current(today)]
    return known["of_child", today]


def children_kept_by(person: Person, today: datetime.date) -> QuerySet[Enrolment]:
    """Where pupils are today, of the classes whose notebooks the person keeps."""
    return Enrolment.objects.current(today).filter(KEEPS.where(person, today, "classroom"))


def children_answered_for(person: Person, today: datetime.date) -> list[Person]:
    """Children whose notebook the person takes home, the eldest first: theirs, but those whom a judge keeps from them.
    One who has left is still there."""
    return [link.child for link in links_of_guardian(person, today)]


def children_read_by_family(person: Person, today: datetime.date) -> list[Person]:
    """The same, without those of whom what the school shows is stopped."""
    children = children_answered_for(person, today)
    if not children:
        return []
    stopped = {m.child_id for m in memberships_of_child(person, today) if m.stop_id}
    return [child for child in children if child.pk not in stopped]


def notebooks_visible_to(person: Person, today: datetime.date) -> QuerySet[Person]:
    """Pupils of the classes that the person keeps, whose notebook they open."""
    return Person.objects.filter(Exists(children_kept_by(person, today).filter(pupil=OuterRef("pk"))))


def pages_visible_to(person: Person, today: datetime.date) -> QuerySet[Page]:
    """Of one's children, what was shown. Of oneself, that and what one writes. Of the pupils of a class one keeps, what
    was shown in the schools of the city, and all that is being written here but a pupil's own draft."""
    if is_child(person, today):
        if any(m.stop_id for m in memberships_of_child(person, today)):
            return Page.objects.none()
        return Page.objects.filter(Q(state=State.APPROVED) | Q(author=person), child=person)
    here = children_kept_by(person, today).filter(pupil=OuterRef("child"), school__city=OuterRef("city"))
    of_class = Exists(here) & (Q(state=State.APPROVED) | KEEPS.where(person, today, "classroom") & ~OWN_DRAFT)
    return Page.objects.filter(of_class | pages_of_family(person, today))


def pages_to_read(person: Person, today: datetime.date) -> QuerySet[Page]:
    """What pupils gave to read over, in the classes that the person teaches."""
    return Page.objects.filter(TEACHES.where(person, today, "classroom"), state=State.WAITING)


def pages_of_family(person: Person, today: datetime.date) -> Q:
    """What was shown of the person's own children."""
    return Q(state=State.APPROVED, child__in=[child.pk for child in children_read_by_family(person, today)])


def pieces_visible_to(person: Person, today: datetime.date) -> QuerySet[Piece]:
    """Pictures and voices of the pages one reads, once they are ready."""
    return Piece.objects.filter(is_among("page", pages_visible_to(person, today)), ready_at__isnull=False)


def takeaways_visible_to(person: Person, today: datetime.date) -> QuerySet[Takeaway]:
    """What the person asked to take away of a child whose notebook they still read."""
    return Takeaway.objects.filter(guardian=person, child__in=children_read_by_family(person, today))


def pages_recallable_by(person: Person, today: datetime.date) -> QuerySet[Page]:
    """One's own; for a head those of the school, for the operator all: they take back what an account showed."""
    if holds(person, Role.OPERATOR, today=today):
        return Page.objects.all()
    return Page.objects.filter(HEADS.where(person, today, "school") | Q(approved_by=person))


def can_keep_notebooks(person: Person, classroom: Classroom, today: datetime.date) -> Answer:
    """The teachers of the class, who has it for the day, the head."""
    return Yes() if KEEPS.covers(person, classroom, today) else NOT_THEIRS


def can_write_about(person: Person, child: Person, today: datetime.date) -> Answer:
    """Who keeps the notebooks of the child's class; the child too, from CE2 on."""
    enrolment = enrolment_of(child, today)
    if enrolment is None:
        return No("Cet enfant n’est dans aucune classe aujourd’hui\u00a0: rien ne s’écrit dans son cahier.")
    if person.pk == child.pk:
        return Yes() if level_of(enrolment) in READER_LEVELS else NOT_YET
    return can_keep_notebooks(person, enrolment.classroom, today)


def can_change_page(person: Person, page: Page, today: datetime.date) -> Answer:
    """A pupil their own until it is shown; an adult of the class what adults wrote. A pupil's words are theirs."""
    if page.is_by_child:
        if page.author_id != person.pk:
            return No("Les mots de l’élève sont les siens\u00a0: rendez-lui la page avec une remarque.")
        if page.state not in (State.DRAFT, State.RETURNED, State.WAITING):
            return No("Cette page est montrée à ta famille\u00a0: elle ne se change plus.")
        return Yes()
    if page.state == State.WITHDRAWN:
        return No("Cette page est retirée. Remettez-la d’abord.")
    return _keeps(person, page, today)


def can_propose_page(person: Person, page: Page, today: datetime.date) -> Answer:
    """A pupil gives their own to read over."""
    if page.is_by_child and page.author_id == person.pk and page.state in (State.DRAFT, State.RETURNED):
        return Yes()
    return No("Seule une page en cours d’écriture se donne à relire, par l’élève qui l’a écrite.")


def can_approve_page(person: Person, page: Page, today: datetime.date) -> Answer:
    """An adult of the class shows it to the family: a pupil's once it was given to read over."""
    if page.state not in (State.WAITING,) if page.is_by_child else page.state != State.DRAFT:
        return NOT_WAITING
    return _keeps(person, page, today)


def can_return_page(person: Person, page: Page, today: datetime.date) -> Answer:
    """Back to the pupil, with a remark."""
    return _keeps(person, page, today) if page.state == State.WAITING else NOT_WAITING


def can_withdraw_page(person: Person, page: Page, today: datetime.date) -> Answer:
    """Who keeps the notebook of the child today, whatever the year of the page: a family may ask it."""
    if page.state != State.APPROVED:
        return No("Cette page n’est pas montrée.")
    enrolment = enrolment_of(page.child, today)
    is_here = (
        enrolment and enrolment.school.city_id == page.city_id and KEEPS.covers(person, enrolment.classroom, today)
    )
    return Yes() if is_here else NOT_THEIRS


def can_restore_page(person: Person, page: Page, today: datetime.date) -> Answer:
    """Shown again, by who keeps the class where it was written."""
    return _keeps(person, page, today) if page.state == State.WITHDRAWN else No("Cette page n’est pas retirée.")


def can_discard_page(person: Person, page: Page, today: datetime.date) -> Answer:
    """What nobody else has read is thrown away by who writes it."""
    if page.state not in (State.DRAFT, State.RETURNED):
        return No("Seule une page que la famille n’a pas lue se jette.")
    if page.is_by_child:
        return Yes() if page.author_id == person.pk else NOT_THEIRS
    return _keeps(person, page, today)


def can_take_away(person: Person, child: Person, today: datetime.date) -> Answer:
    """A guardian whom no judge restricts, as long as the notebook is kept and what the school shows is not stopped."""
    if child in children_read_by_family(person, today):
        return Yes()
    return No("Seuls les responsables de l’enfant emportent son cahier.")


def can_thank_for(person: Person, page: Page, today: datetime.date) -> Answer:
    """A guardian, of what was shown of their child by somebody else."""
    if page.approved_by_id in (None, person.pk) or page.state != State.APPROVED:
        return NOT_YOURS
    return Yes() if any(child.pk == page.child_id for child in children_read_by_family(person, today)) else NOT_YOURS


def reads_a_notebook(person: Person, today: datetime.date) -> bool:
    """A guardian, for the line of « Mon compte »."""
    return bool(children_answered_for(person, today))


def _keeps(person, page, today):
    return can_keep_notebooks(person, page.classroom, today)
