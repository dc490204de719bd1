"""Who may look at a picture, and who answers for a child's image, voice and work."""

import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_noop as _

from preau.kit.answers import Answer, No, Yes
from preau.kit.prepared import PreparedOf
from preau.media.models import Picture
from preau.media.queries.accords import holders, lacks_nobody
from preau.people.models import TEACHER_ROLES, Person, Role
from preau.people.queries.grounds import Grounds
from preau.places.models import Classroom
from preau.schools.models import Enrolment
from preau.schools.queries import children_of_guardian, links_of_guardian
from preau.schools.queries.own import is_own
from preau.spaces.models import Publication
from preau.spaces.rules import is_readable

# Who may, by the place where the role is held (people.queries.grounds).
FOLLOWS = Grounds("classroom", classroom=(Role.TEACHER,), school=(Role.SCHOOL_HEAD,))
HEADS = Grounds("school", school=(Role.SCHOOL_HEAD,))
TEAM = Grounds("classroom", classroom=TEACHER_ROLES, school=(Role.SCHOOL_HEAD,))
IN_HAND = (Publication.State.DRAFT, Publication.State.WAITING)

NOT_SHOWN = No(_("Cette photo n’est plus montrée."))
NO_AUTHORITY = No(
    _("L’école a noté que vous n’avez pas l’autorité parentale\u00a0: un autre responsable répond à ces questions.")
)
ONLY_FOLLOWERS = No("Seules l’enseignante ou l’enseignant de la classe et la direction de l’école suivent ces accords.")
NOT_A_HOLDER = No("Cette personne ne répond pas de cet enfant\u00a0: la direction le note au registre.")


def pictures_visible_to(person: Person | None, today: datetime.date, *, memberships=None) -> QuerySet[Picture]:
    """Pictures of what the person may read, each with its publication; None stands for anyone; for a class team, those
    of what its pupils give it to read over. Whether one is shown is `can_view_picture`. `memberships` spares a second
    read."""
    seen = Q(is_readable(person, today, memberships=memberships))
    if person is not None:
        given = TEAM.where(person, today, "publication__classroom")
        seen |= given & Q(publication__state=Publication.State.WAITING)
    return Picture.objects.filter(seen).select_related("publication")


def can_view_picture(person: Person | None, picture: Picture, today: datetime.date) -> Answer:
    """One where a child without accord is marked is seen while it is prepared, and by nobody after; one to declare
    again, by its author and by the head."""
    publication = picture.publication
    if publication.state in IN_HAND:
        return Yes()
    if picture.markings.exists() and not Picture.objects.filter(lacks_nobody(today), pk=picture.pk).exists():
        return NOT_SHOWN
    if picture.withheld_at is None:
        return Yes()
    looks = person is not None and (
        publication.author_id == person.pk or HEADS.covers(person, publication, today, "school")
    )
    return Yes() if looks else NOT_SHOWN


def children_answered_for(person: Person, today: datetime.date) -> tuple[Person, ...]:
    """One's children; no query on a page that has read them."""
    return children_of_guardian(person, today)


def classrooms_visible_to(person: Person, today: datetime.date) -> QuerySet[Classroom]:
    """Classes whose accords the person follows."""
    return Classroom.objects.filter(FOLLOWS.where(person, today))


def pupils_followed_by(person: Person, today: datetime.date) -> QuerySet[Person]:
    """Pupils whose accords the person follows, and notes from paper; never one's own child."""
    here = Enrolment.objects.current(today).filter(
        Q(classroom__in=classrooms_visible_to(person, today)) | HEADS.where(person, today, "school"),
        pupil=OuterRef("pk"),
    )
    return Person.objects.filter(Exists(here), ~is_own(person, "pk"))


def answers_for_someone(person: Person, today: datetime.date) -> bool:
    """Whose « Mon compte » leads to these questions: no query."""
    return bool(links_of_guardian(person, today))


def can_say_accord(person: Person, child: Person, today: datetime.date) -> Answer:
    """Who holds parental authority over the child, or may; no judge restricts them."""
    if child not in children_answered_for(person, today):
        return NOT_A_HOLDER
    return Yes() if _HELD.rows(person.pk, child.pk, key=(today,)) else NO_AUTHORITY


_HELD = PreparedOf(
    lambda person, child, today: holders(today).filter(guardian=person, child=child).values_list("pk"), maxsize=2
)


def can_follow_class(person: Person, classroom: Classroom, today: datetime.date) -> Answer:
    return Yes() if FOLLOWS.covers(person, classroom, today) else ONLY_FOLLOWERS


def can_note_accord(person: Person, child: Person, guardian: Person, today: datetime.date) -> Answer:
    """From a signed paper: who follows the class, for who holds authority over the child."""
    if not pupils_followed_by(person, today).filter(pk=child.pk).exists():
        return ONLY_FOLLOWERS
    return Yes() if can_say_accord(guardian, child, today) else NOT_A_HOLDER
