"""Where a pupil is enrolled that day, as their face and the spaces that they enter read it; what ends with that."""

import datetime
from collections.abc import Iterable
from functools import lru_cache

from django.db.models import QuerySet

from preau.kit.prepared import Asked, Prepared
from preau.people.models import Person
from preau.schools.models import ActivityEnrolment, Enrolment


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


def services_of_leavers(enrolments: Iterable[Enrolment]) -> QuerySet[ActivityEnrolment]:
    """What ends with these enrolments: services of the city of who is enrolled nowhere else. For a child who goes to
    another school, the city's file says where they eat."""
    enrolments = list(enrolments)
    elsewhere = Enrolment.objects.filter(ends_on=None).exclude(pk__in=[one.pk for one in enrolments])
    leavers = [one.pupil_id for one in enrolments]
    return ActivityEnrolment.objects.filter(child__in=leavers).exclude(child__in=elsewhere.values("pupil"))
