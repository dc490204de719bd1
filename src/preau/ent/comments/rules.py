"""Who opens a post to comments, who writes one, who reads it over.

Pupils write inside their class, and no family reads the name of another (users.md §0: no chat between parents).
"""

import datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_noop as _

from preau.ent.comments import queries
from preau.ent.comments.models import Comment
from preau.kit.answers import Answer, No, Yes
from preau.kit.rows import in_any, is_among
from preau.people.models import TEACHER_ROLES, Person, Role
from preau.people.queries.grounds import Grounds
from preau.places.models import Classroom, Group
from preau.schools.rules import schools_of_groups
from preau.spaces import audiences
from preau.spaces.audiences import Readers
from preau.spaces.models import Publication
from preau.spaces.queries import said_while_in
from preau.spaces.rules import publications_visible_to

KINDS = ("post",)  # a mot has its answers, a pupil's text its remarks
TEACHES = Grounds("classroom", classroom=TEACHER_ROLES)
TEAM = Grounds("classroom", classroom=TEACHER_ROLES, school=(Role.SCHOOL_HEAD,))
MOST_WAITING = 3
State = Comment.State
NOT_TEAM = No("Les commentaires sont ouverts et relus par l’équipe enseignante de la classe et par la direction.")
NOT_READER = No(_("Les commentaires sont pour qui lit cette publication dans la classe."))
CLOSED = No(_("Les commentaires sont fermés."))
NOT_SHOWN = No(_("Ce commentaire n’est plus montré."))
ENOUGH = No(_("Trois commentaires attendent déjà d’être relus."))


def discussed_visible_to(person: Person, today: datetime.date, *, memberships=None) -> QuerySet[Publication]:
    """Posts of classes and groups that the person reads; those that were opened, and to who may open one, all."""
    readable = publications_visible_to(person, today, memberships=memberships).filter(kind__in=KINDS)
    opened = Q(discussion__isnull=False, state=Publication.State.PUBLISHED)
    return readable.filter(opened | _moderated(person, today, ""))


def comments_visible_to(person: Person, today: datetime.date, *, memberships=None) -> QuerySet[Comment]:
    """Under what the person reads: one's own; those that are shown, said while they are, or were, in the class; to the
    team, all. A teacher who left reads her posts of before, and nothing that families say there since."""
    memberships = audiences.memberships_of(person, today) if memberships is None else memberships
    shown = said_while_in(memberships, today, "written_at") & Q(state=State.SHOWN)
    readable = discussed_visible_to(person, today, memberships=memberships)
    mine = Q(author=person) | shown | _moderated(person, today, "publication__")
    return Comment.objects.filter(mine, is_among("publication", readable))


def comments_visible_under(
    person: Person, publication: Publication, today: datetime.date, *, memberships, reached
) -> QuerySet[Comment]:
    """The same, of one publication that was found among those the person reads (it is not asked again whether they do),
    and of the audiences that it has reached."""
    here = Comment.objects.filter(publication=publication)
    if can_moderate(person, publication, today):
        return here
    reached_by = [m for m in memberships if m.audience in reached]
    return here.filter(Q(author=person) | said_while_in(reached_by, today, "written_at") & Q(state=State.SHOWN))


def comments_to_read(person: Person, today: datetime.date) -> QuerySet[Comment]:
    """Those that wait, in the classes that the person teaches and under what they published."""
    waiting = Comment.objects.filter(state=State.WAITING)
    here = waiting.filter(TEACHES.where(person, today, "publication__classroom"))
    mine = waiting.filter(publication__author=person)
    return waiting.filter(
        in_any("pk", here.values("pk"), mine.values("pk")),
        _moderated(person, today, "publication__"),
        ~Q(hidden_at__isnull=False, author=person),  # what is reported of one’s own, another reads
        publication__state=Publication.State.PUBLISHED,
    )


def comments_recallable_by(person: Person, today: datetime.date) -> QuerySet[Comment]:
    """Those of the classes whose comments the person reads over."""
    return Comment.objects.filter(_moderated(person, today, "publication__"))


def can_moderate(person: Person, publication: Publication, today: datetime.date) -> Answer:
    """Class: its teachers, who stands in for one, the head. Group: who teaches in the school, or heads it."""
    place = publication.place
    if isinstance(place, Classroom) and TEAM.covers(person, place, today):
        return Yes()
    if isinstance(place, Group) and place.school_id in schools_of_groups(person, today):
        return Yes()
    return NOT_TEAM


def can_read_discussion(person: Person, publication: Publication, today: datetime.date) -> Answer:
    """Of what the person reads and was opened: who reads it, while it is published; the team, afterwards too."""
    return Yes() if publication.state == Publication.State.PUBLISHED else can_moderate(person, publication, today)


def reads_over(person: Person, today: datetime.date) -> Answer:
    """Who has the comments of one class or group at least to read."""
    return Yes() if TEAM.places(person, today) or schools_of_groups(person, today) else NOT_TEAM


def can_open(person: Person, publication: Publication, today: datetime.date) -> Answer:
    """The team, of what is published; closing and opening again too."""
    answer = can_moderate(person, publication, today)
    if answer and publication.state != Publication.State.PUBLISHED:
        return No("Publiez d’abord\u00a0: les commentaires s’ouvrent sous une publication en ligne.")
    return answer


def reads_as(person: Person, publication: Publication, today: datetime.date, memberships=None, reached=None) -> str:
    """The part of the class as which the person reads this post today, an adult first; empty for nobody."""
    memberships = audiences.memberships_of(person, today) if memberships is None else memberships
    reached = queries.reaches(publication) if reached is None else reached
    parts = {
        audiences.READERS_OF[m.profile]
        for m in memberships
        if m.audience in reached and m.is_current(today) and not m.stop_id
    }
    return next((part for part in (Readers.ADULTS, Readers.FAMILIES, Readers.PUPILS) if part in parts), "")


def can_comment(
    person: Person, publication: Publication, today: datetime.date, *, memberships=None, discussion=None, reached=None
) -> Answer:
    """Whoever reads it today, while it is open; three at most wait of one person. `memberships`, `discussion` and the
    audiences `reached` spare a read each."""
    discussion = discussion or queries.discussion_of(publication)
    if publication.state != Publication.State.PUBLISHED or discussion is None or discussion.closed_at:
        return CLOSED
    if not reads_as(person, publication, today, memberships, reached):
        return NOT_READER
    return Yes() if queries.own_waiting_count(person, publication) < MOST_WAITING else ENOUGH


def can_decide(person: Person, comment: Comment, today: datetime.date) -> Answer:
    """The team shows or refuses what waits, and one that was refused is shown after all."""
    if comment.state == State.WITHDRAWN:
        return No("Ce commentaire est retiré.")
    if comment.hidden_at and comment.author_id == person.pk:
        return No("Quelqu’un d’autre que vous relit ce que vous avez écrit.")
    return can_moderate(person, comment.publication, today)


def can_hide(person: Person, comment: Comment, today: datetime.date) -> Answer:
    """Whoever reads it, of what another wrote, until the team has read it again."""
    readable = comments_visible_to(person, today).filter(pk=comment.pk, state=State.SHOWN)
    return Yes() if comment.author_id != person.pk and readable.exists() else NOT_SHOWN


def can_withdraw(person: Person, comment: Comment, today: datetime.date) -> Answer:
    """Its author, at any time; the team, of what is shown."""
    if comment.state == State.WITHDRAWN:
        return No(_("Ce commentaire est déjà retiré."))
    if comment.author_id == person.pk:
        return Yes()
    return can_moderate(person, comment.publication, today)


def _moderated(person, today, path):
    """Of rows that lead to a publication by this path, those of the places that the person answers for."""
    groups = Q((f"{path}group__school__in", schools_of_groups(person, today)))
    return TEAM.where(person, today, f"{path}classroom") | groups
