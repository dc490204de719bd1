"""Children who have left the schools of a city, whose notebook is to be taken away before it is erased."""

import datetime
from collections.abc import Iterable
from uuid import UUID

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet

from preau.ent.portfolio.models import Page
from preau.kit.dates import months_before
from preau.people.models import Person
from preau.schools.models import Enrolment, Guardianship

MONTHS_KEPT = 3
SOON = datetime.timedelta(days=14)  # a mail is queued once within this time, which the outbox remembers


def left_on(child: Person, today: datetime.date) -> datetime.date | None:
    """The last day of a child in the schools of a city where they are no more, while their notebook of that city is
    kept; None for who has left none. One query."""
    rows = _left(today).filter(pupil=child).order_by("last")
    return rows.values_list("last", flat=True).first()


def erased_on(left: datetime.date) -> datetime.date:
    """When the notebook of a child who left that day is erased: the first day whose date of three months before is
    that day or later."""
    day = left + datetime.timedelta(days=88)
    while months_before(day, MONTHS_KEPT) < left:
        day += datetime.timedelta(days=1)
    return day


def due(today: datetime.date) -> QuerySet[Page]:
    """Pages of who left the schools of their city three months ago or more."""
    lasting = Q(ends_on=None) | Q(ends_on__gt=months_before(today, MONTHS_KEPT))
    there = Enrolment.objects.filter(lasting, pupil=OuterRef("child"), school__city=OuterRef("city"))
    return Page.objects.filter(~Exists(there))


def leaving(today: datetime.date) -> Iterable[tuple[Person, datetime.date, str]]:
    """(child, their last day, « left » or « last ») of those to tell now: just gone, or whose notebook goes within a
    month."""
    days = dict(_left(today).order_by("-last").values_list("pupil", "last"))
    for child in Person.objects.filter(pk__in=days).order_by("id"):
        left = days[child.pk]
        if today <= left + SOON:
            yield child, left, "left"
        elif erased_on(left) - 2 * SOON <= today <= erased_on(left) - SOON:
            yield child, left, "last"


def guardians_to_tell(child: Person, today: datetime.date) -> list[UUID]:
    """Those who may take it away."""
    links = Guardianship.objects.reached(today).filter(child=child, guardian__account__is_active=True)
    return sorted(set(links.values_list("guardian", flat=True)))


def _left(today):
    """One row for a child and a city where they are in no school any more, and have pages that were shown."""
    shown = Page.objects.filter(child=OuterRef("pupil"), city=OuterRef("school__city"), state=Page.State.APPROVED)
    rows = Enrolment.objects.filter(Exists(shown)).order_by().values("pupil", "school__city")
    still = Count("pk", filter=Q(ends_on=None) | Q(ends_on__gte=today))
    since = months_before(today, MONTHS_KEPT)
    return rows.annotate(last=Max("ends_on"), still=still).filter(still=0, last__gt=since)
