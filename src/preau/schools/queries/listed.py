"""The pupils of a class, asked by most of its pages."""

import datetime

from preau.kit.prepared import PreparedOf
from preau.people.models import Person
from preau.places.models import Classroom
from preau.schools.models import Enrolment
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
