"""Elected parents of a school, those who may be, and what they wrote."""

import datetime

from django.db.models import Q, QuerySet

from preau.ent.announcements.models import Announcement, ElectedParent
from preau.kit.names import name_key
from preau.people.models import Person
from preau.places.models import School
from preau.schools.models import Enrolment, Guardianship
from preau.spaces.models import Publication

FOUND = 20
# Of an announcement: an elected parent wrote it, and its head has neither sent nor refused it.
WAITS_FOR_HEAD = Q(proposed_at__isnull=False, refused_at=None, publication__state=Publication.State.DRAFT)


def has_child_of(guardian: Person, today: datetime.date) -> Q:
    """Of a school, that this person answers for one of its pupils."""
    children = Guardianship.objects.reached(today).filter(guardian=guardian).values("child")
    return Q(pk__in=Enrolment.objects.current(today).filter(pupil__in=children).values("school"))


def guardians_in(school: School, today: datetime.date) -> QuerySet[Person]:
    """Who answers for a pupil of this school."""
    pupils = Enrolment.objects.current(today).filter(school=school).values("pupil")
    return Person.objects.filter(pk__in=Guardianship.objects.reached(today).filter(child__in=pupils).values("guardian"))


def guardians_named(school: School, words: str, today: datetime.date) -> list[Person]:
    """Of these, those whose name holds each of these words, twenty at most; none for no word."""
    keys = name_key(words).split()
    found = guardians_in(school, today)
    for key in keys:
        found = found.filter(sort_key__contains=key)
    return list(found.order_by("sort_key", "id")[:FOUND]) if keys else []


def by_name(elected: QuerySet[ElectedParent]) -> list[ElectedParent]:
    """With their persons."""
    return list(elected.select_related("person").order_by("person__sort_key", "id"))


def latest_proposals(proposals: QuerySet[Announcement]) -> list[Announcement]:
    """The newest first, with who wrote them and where."""
    found = proposals.select_related("publication__school", "proposed_by")
    return list(found.order_by("-proposed_at", "id")[:FOUND])
