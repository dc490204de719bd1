"""Where a pupil is enrolled that day, as their face and the spaces that they enter read it."""

import datetime
from functools import lru_cache

from preau.kit.prepared import Asked, Prepared
from preau.people.models import Person
from preau.schools.models import Enrolment


def enrolment_of(pupil: Person, today: datetime.date) -> Enrolment | None:
    """The first of the day, with its class, its school and their city; one query, once for who asks for a page
    (people/middleware.py)."""
    known = getattr(pupil, "read_once", {})
    if ("enrolment", today) not in known:
        known["enrolment", today] = next(iter(_enrolment_on(today).rows(pupil.pk)), None)
    return known["enrolment", today]


@lru_cache(maxsize=2)
def _enrolment_on(today):
    enrolments = Enrolment.objects.current(today).filter(pupil=Asked())
    enrolments = enrolments.select_related("classroom__school__city", "school__city", "pupil__display")
    return Prepared(enrolments.order_by("starts_on", "id")[:1])
