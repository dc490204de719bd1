"""Who arranges the pages of a pupil. No classmate, no other family, no city reads how."""

import datetime

from django.db.models import Q, QuerySet

from preau.kit.answers import Answer, No, Yes
from preau.people.models import Person
from preau.places.models import Group
from preau.schools.models import GroupMember
from preau.schools.rules import Ties, pupils_visible_to, schools_of_groups, ties_of

DISPOSITIFS = (Group.Kind.ULIS, Group.Kind.UPE2A)
NOT_ARRANGED = No(
    "Seules l’équipe enseignante de la classe ou du dispositif et la direction de l’école règlent cet affichage."
)


def pupils_arranged_by(person: Person, today: datetime.date) -> QuerySet[Person]:
    """Pupils seen in their class or school, and those of the dispositifs of the schools where the person teaches."""
    seen = Q(pk__in=pupils_visible_to(person, today).values("pk"))
    return Person.objects.filter(seen | Q(pk__in=_in_dispositifs(person, today).values("pupil")))


def can_arrange_display(person: Person, pupil: Person, today: datetime.date, *, ties: Ties | None = None) -> Answer:
    """The teachers of the class, those of the school for a pupil of a dispositif, and the head. `ties` spares a second
    read."""
    ties = ties or ties_of(person, pupil, today)
    is_theirs = ties.heads or ties.teaches or _in_dispositifs(person, today).filter(pupil=pupil).exists()
    return Yes() if is_theirs else NOT_ARRANGED


def dispositifs_arranged_by(person: Person, today: datetime.date) -> QuerySet[Group]:
    """ULIS and UPE2A of the schools where the person teaches, or which they head."""
    return Group.objects.filter(kind__in=DISPOSITIFS, school__in=schools_of_groups(person, today))


def can_arrange_dispositif(person: Person, group: Group, today: datetime.date) -> Answer:
    """Shows its list of pupils and how each one's pages are drawn."""
    return Yes() if group.is_dispositif and group.school_id in schools_of_groups(person, today) else NOT_ARRANGED


def _in_dispositifs(person, today):
    return GroupMember.objects.current(today).filter(group__in=dispositifs_arranged_by(person, today))
