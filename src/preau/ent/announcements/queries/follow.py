"""Who of the families of a class has not been reached by an announcement, by name, for its school alone."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery

from preau.kit.names import full_name
from preau.notify.models import Expected, Notice
from preau.notify.queries import Line, line_of, rows_among
from preau.people.models import Person
from preau.schools.models import Enrolment, Guardianship
from preau.schools.queries.own import is_own


@dataclass(frozen=True)
class Family:
    """One child, and those who answer for them."""

    child_id: UUID
    name: str
    classroom: str
    guardians: list[Line]

    @property
    def is_reached(self) -> bool:
        return any(not line.reason and not line.is_gone for line in self.guardians)


@dataclass(frozen=True)
class FollowUp:
    """The families of the classes one follows, by class and name."""

    families: list[Family]
    is_frozen: bool

    @cached_property
    def to_reach(self) -> list[Family]:
        return [family for family in self.families if not family.is_reached]

    @cached_property
    def coupons(self) -> list[tuple[Family, Line]]:
        """Exactly those not reached: one for each guardian and child, of families that nobody has read for."""
        return [(family, line) for family in self.to_reach for line in family.guardians if line.reason]


def follow_up(notice: Notice | None, enrolled: QuerySet[Enrolment], today: datetime.date, reader: Person) -> FollowUp:
    """Of these enrolments; never of a child of the reader, whose other parent they would read. Two queries."""
    if notice is None or notice.frozen_at is None:
        return FollowUp([], False)
    return follow_up_of(child_rows(enrolled, reader), guardian_rows(notice, enrolled, today, reader))


def follow_up_of(children: Iterable[tuple], guardians: Iterable[tuple]) -> FollowUp:
    """What the two queries below found, of a notice whose list is frozen."""
    named = {pk: (full_name(*name), room or "") for pk, *name, room in children}
    lines: dict = {}
    for line in map(line_of, guardians):
        lines.setdefault(line.child_id, []).append(line)
    return FollowUp([Family(pk, *said, lines[pk]) for pk, said in named.items() if pk in lines], True)


def child_rows(enrolled: QuerySet[Enrolment], reader: Person) -> QuerySet:
    """The children of these enrolments, but the reader's, by class and name."""
    names = ("pupil__first_name", "pupil__usage_name", "pupil__last_name", "classroom__name")
    rows = enrolled.exclude(is_own(reader, "pupil"))
    return rows.order_by("classroom__order_key", "pupil__sort_key", "pupil_id").values_list("pupil", *names)


def guardian_rows(notice, enrolled: QuerySet[Enrolment], today: datetime.date, reader: Person) -> QuerySet:
    """Who is expected for them. `notice`: itself or its id."""
    link = Guardianship.objects.reached(today).filter(guardian=OuterRef("person"), child=OuterRef("child"))
    children = enrolled.exclude(is_own(reader, "pupil")).values("pupil")
    return rows_among(Expected.objects.filter(child__in=children), notice, Subquery(link.values("authority")[:1]))
