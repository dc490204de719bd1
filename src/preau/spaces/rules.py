"""Who may read what is published, and enter which space."""

import datetime

from django.db.models import Q, QuerySet

from preau.people.models import Person
from preau.places.models import City, Classroom, Group, School
from preau.spaces import audiences, queries
from preau.spaces.models import Publication

# A head publishes or sends back what waits, and may put back what was withdrawn.
HEAD_DECIDES = (Publication.State.WAITING, Publication.State.WITHDRAWN)


def publications_visible_to(person: Person | None, today: datetime.date) -> QuerySet[Publication]:
    """What reaches the person, what is public, their own drafts, and what a head decides (house.md §4)."""
    if person is None:
        return Publication.objects.filter(queries.published_to([], today))
    memberships = audiences.memberships_of(person, today)
    visible = queries.published_to(memberships, today) | Q(author=person)
    headed = [
        m.place_id
        for m in memberships
        if m.profile == audiences.Profile.HEAD and m.kind == audiences.SCHOOL and m.is_current(today)
    ]
    if headed:
        theirs = Q(school__in=headed) | Q(classroom__school__in=headed) | Q(group__school__in=headed)
        visible |= theirs & Q(state__in=HEAD_DECIDES)
    return Publication.objects.filter(visible)


def classrooms_visible_to(person: Person, today: datetime.date, *, memberships=None) -> QuerySet[Classroom]:
    """Class spaces the person is in, or was in; nobody else knows of them. `memberships` spares a second read."""
    return Classroom.objects.filter(pk__in=_places(person, audiences.CLASSROOM, today, memberships))


def groups_visible_to(person: Person, today: datetime.date, *, memberships=None) -> QuerySet[Group]:
    """Groups and dispositifs: their pupils, those pupils' guardians, their teachers and the head only."""
    return Group.objects.filter(pk__in=_places(person, audiences.GROUP, today, memberships))


def schools_visible_to(person: Person, today: datetime.date, *, memberships=None) -> QuerySet[School]:
    """School spaces the person is in, or was in."""
    return School.objects.filter(pk__in=_places(person, audiences.SCHOOL, today, memberships))


def cities_visible_to(person: Person, today: datetime.date, *, memberships=None) -> QuerySet[City]:
    """City spaces the person is in; no page of a city is made for a child."""
    memberships = audiences.memberships_of(person, today) if memberships is None else memberships
    memberships = [m for m in memberships if m.profile != audiences.Profile.PUPIL]
    return City.objects.filter(pk__in=_places(person, audiences.CITY, today, memberships))


def spaces_visible_to(person: Person, kind: str, today: datetime.date, *, memberships=None) -> QuerySet:
    """Spaces of this kind that the person may enter, each with its school."""
    spaces = VISIBLE[kind](person, today, memberships=memberships)
    return spaces.select_related("school") if kind in (audiences.CLASSROOM, audiences.GROUP) else spaces


VISIBLE = {
    audiences.CLASSROOM: classrooms_visible_to,
    audiences.GROUP: groups_visible_to,
    audiences.SCHOOL: schools_visible_to,
    audiences.CITY: cities_visible_to,
}


def _places(person, kind, today, memberships):
    if memberships is None:
        memberships = audiences.memberships_of(person, today)
    return {m.place_id for m in memberships if m.kind == kind}
