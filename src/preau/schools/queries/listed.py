"""The pupils of a class, asked by most of its pages, and of any place."""

import datetime

from django.db.models import QuerySet

from preau.kit.prepared import PreparedOf
from preau.people.models import Person
from preau.places.models import Classroom, Group, School, kind_of
from preau.schools.models import Enrolment, GroupMember
from preau.schools.queries.own import is_own


def class_list(classroom: Classroom, today: datetime.date, *, reader: Person | None = None) -> list[Enrolment]:
    """The pupils of a class that day, as a register reads; for a `reader`, each says whether it `is_own`."""
    return _OF_CLASS.rows(classroom.pk, *([reader.pk] if reader else ()), key=(today,))


def _of_class(classroom, *others):
    *reader, today = others
    current = Enrolment.objects.current(today).filter(classroom=classroom)
    if reader:
        current = current.annotate(is_own=is_own(Person(pk=reader[0]), "pupil"))
    return current.select_related("pupil").order_by("pupil__sort_key", "id")


_OF_CLASS = PreparedOf(_of_class)


def pupils_of(place, today: datetime.date) -> QuerySet[Person]:
    """Those of a class, a group or a school that day; nobody for any other place."""
    if not isinstance(place, Classroom | Group | School):
        return Person.objects.none()
    if isinstance(place, Group):
        pupils = GroupMember.objects.current(today).filter(group=place).values("pupil")
    else:
        pupils = Enrolment.objects.current(today).filter(**{kind_of(place): place}).values("pupil")
    return Person.objects.filter(pk__in=pupils)


def pupils_to_join(group: Group, today: datetime.date) -> list[Enrolment]:
    """Everyone of its school who is not in the group that day, by class and name; one query."""
    members = GroupMember.objects.current(today).filter(group=group).values("pupil")
    rows = Enrolment.objects.current(today).filter(school=group.school_id).exclude(pupil__in=members)
    return list(rows.select_related("pupil", "classroom").order_by("classroom__order_key", "pupil__sort_key", "id"))
