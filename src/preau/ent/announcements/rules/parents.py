"""Who speaks for the parents of a school, and who sends what they write, or refuses it."""

import datetime

from django.db.models import QuerySet

from preau.ent.announcements import queries
from preau.ent.announcements.models import Announcement, ElectedParent
from preau.kit.answers import Answer, No, Yes
from preau.people.models import Person, Role
from preau.people.prepared import PreparedFor
from preau.people.queries.grounds import Grounds
from preau.places.models import School

HEADS = Grounds("school", school=(Role.SCHOOL_HEAD,))
ONLY_HEAD = No("Seule la direction de l’école note qui est parent élu, et envoie ce que les parents élus écrivent.")
ONLY_ELECTED = No("Seuls les parents élus de cette école proposent un texte à ses familles.")
NOT_WAITING = No("Ce texte n’attend plus\u00a0: il est parti, il va partir, ou il est refusé.")
WAITS = No("Ce texte attend la direction\u00a0: il ne change plus. Demandez-lui de le refuser pour le reprendre.")


def schools_elected_in(person: Person, today: datetime.date) -> QuerySet[School]:
    """Where the person is an elected parent, and still answers for a pupil."""
    elected = ElectedParent.objects.current(today).filter(person=person)
    return School.objects.filter(queries.has_child_of(person, today), pk__in=elected.values("school"))


ELECTED_IN = PreparedFor(lambda person, today: schools_elected_in(person, today))


def schools_with_elected_for(person: Person, today: datetime.date) -> QuerySet[School]:
    """Where one notes who is elected."""
    return School.objects.filter(HEADS.where(person, today))


def elected_visible_to(person: Person, today: datetime.date) -> QuerySet[ElectedParent]:
    """Those of the schools one heads."""
    return ElectedParent.objects.current(today).filter(HEADS.where(person, today, "school"))


def proposals_visible_to(person: Person, today: datetime.date) -> QuerySet[Announcement]:
    """What one wrote as an elected parent."""
    return Announcement.objects.filter(proposed_by=person)


def proposals_to_decide(person: Person, today: datetime.date) -> QuerySet[Announcement]:
    """What elected parents wrote, and waits for the head of their school."""
    return Announcement.objects.filter(HEADS.where(person, today, "publication__school"), queries.WAITS_FOR_HEAD)


def can_name_elected(person: Person, school: School, today: datetime.date) -> Answer:
    """The head, who receives the results of the vote."""
    return Yes() if HEADS.covers(person, school, today) else ONLY_HEAD


def can_end_elected(person: Person, elected: ElectedParent, today: datetime.date) -> Answer:
    """The same."""
    return Yes() if HEADS.covers(person, elected, today, "school") else ONLY_HEAD


def can_propose(person: Person, school: School, today: datetime.date) -> Answer:
    """An elected parent of the school."""
    return Yes() if schools_elected_in(person, today).filter(pk=school.pk).exists() else ONLY_ELECTED


def can_propose_again(person: Person, announcement: Announcement, today: datetime.date) -> Answer:
    """Who wrote it, once it is refused: what a head reads never changes under their eyes."""
    if announcement.proposed_by_id != person.pk:
        return ONLY_ELECTED
    if announcement.refused_at is None:
        return WAITS
    return can_propose(person, announcement.publication.school, today)


def can_refuse(person: Person, announcement: Announcement, today: datetime.date) -> Answer:
    """The head, as long as it waits."""
    if not HEADS.covers(person, announcement.publication, today, "school"):
        return ONLY_HEAD
    return Yes() if announcement.waits_for_head else NOT_WAITING
