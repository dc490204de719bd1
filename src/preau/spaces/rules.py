"""Who may read what is published, and enter which space."""

import datetime

from django.db.models import Q, QuerySet

from preau.kit.answers import Answer, No, Yes
from preau.people.models import Person
from preau.places.models import City, Classroom, Group, School
from preau.spaces import audiences, queries
from preau.spaces.models import Publication


def publications_visible_to(person: Person | None, today: datetime.date) -> QuerySet[Publication]:
    """What reaches the person, what is public, and their own drafts and withdrawn things (house.md §4)."""
    if person is None:
        return queries.published_to([], today)
    readable = queries.published_to(audiences.memberships_of(person, today), today)
    own = Publication.objects.filter(author=person).exclude(state=Publication.State.PUBLISHED)
    return Publication.objects.filter(Q(pk__in=readable.values("pk")) | Q(pk__in=own.values("pk")))


def can_view_publication(person: Person | None, publication: Publication, today: datetime.date) -> Answer:
    """The same question for one thing."""
    if publications_visible_to(person, today).filter(pk=publication.pk).exists():
        return Yes()
    return No("Cette publication n’est pas pour vous.")


def classrooms_visible_to(person: Person, today: datetime.date) -> QuerySet[Classroom]:
    """Class spaces the person is in, or was in; nobody else knows of them."""
    return Classroom.objects.filter(pk__in=_places(person, audiences.CLASS, today))


def groups_visible_to(person: Person, today: datetime.date) -> QuerySet[Group]:
    """Groups and dispositifs: their pupils, those pupils' guardians, their teachers and the head only."""
    return Group.objects.filter(pk__in=_places(person, audiences.GROUP, today))


def schools_visible_to(person: Person, today: datetime.date) -> QuerySet[School]:
    """School spaces the person is in, or was in."""
    return School.objects.filter(pk__in=_places(person, audiences.SCHOOL, today))


def cities_visible_to(person: Person, today: datetime.date) -> QuerySet[City]:
    """City spaces the person is in."""
    return City.objects.filter(pk__in=_places(person, audiences.CITY, today))


def _places(person, kind, today):
    keys = (audiences.split(m.audience) for m in audiences.memberships_of(person, today))
    return {place_id for found, place_id in keys if found == kind}
