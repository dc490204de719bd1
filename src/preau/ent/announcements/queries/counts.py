"""What a city and the State read of families: numbers by school, of which none tells fewer than five apart."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, Value
from django.db.models.functions import Coalesce
from django.utils.timezone import localdate

from preau.ent.announcements.models import Announcement, Readers
from preau.ent.announcements.queries.audience import classrooms_reached, put_down, reached_by, schools_reached
from preau.kit.money import group
from preau.notify.models import REACHED_BY, Notice
from preau.notify.queries import Line, lines_among
from preau.people.models import SCHOOL_ROLES, Mandate, Role
from preau.places.models import School
from preau.schools.models import Enrolment, Guardianship
from preau.spaces import audiences
from preau.spaces.audiences import Profile

TEAM = (Profile.STAFF, Profile.HEAD)
OF_THE_STATE = tuple(role for role in SCHOOL_ROLES if role != Role.ATSEM)  # an ATSEM is an agent of the city
LEAST = 5  # issue 17: a smaller number of families is not told


@dataclass(frozen=True)
class Range:
    """A number that is known, or the two ends between which it is."""

    low: int
    high: int

    def __add__(self, other):
        return Range(self.low + other.low, self.high + other.high)

    def __str__(self):
        return group(self.low) if self.low == self.high else f"{group(self.low)} à {group(self.high)}"

    def holds(self, number: int) -> bool:
        return self.low <= number <= self.high


NONE = Range(0, 0)


def masked(count: int) -> Range:
    """1 to 4 are one range: « 1 à 4 »."""
    return Range(1, LEAST - 1) if 0 < count < LEAST else Range(count, count)


def masked_part(part: int, whole: int) -> Range:
    """A part of a whole that is told beside it: neither the part nor the rest may be a number from 1 to 4."""
    if whole < LEAST:
        return Range(0, whole and LEAST - 1)
    if 0 < part < whole < 2 * LEAST - 1:  # two ranges would overlap: what is in one alone would be told
        return Range(1, whole - 1)
    if 0 < part < LEAST:
        return Range(1, LEAST - 1)
    if 0 < whole - part < LEAST:
        return Range(whole - LEAST + 1, whole - 1)
    return Range(part, part)


@dataclass(frozen=True)
class SchoolCount:
    """One school. `unreached`: of those expected, who has not read it; before it is sent, who has no screen to read it
    on."""

    school: School  # or its row (pk, shown_name)
    expected: Range
    unreached: Range


@dataclass(frozen=True)
class Counts:
    """The schools, and their sums: of what is told of each, never of what is hidden, so that no difference tells it."""

    lines: list[SchoolCount]

    @property
    def rows(self) -> list[tuple]:
        """(the school's id, its name, the two numbers in words) of each line: a département has hundreds."""
        return [
            (each.school.pk, each.school.shown_name, str(each.expected), str(each.unreached)) for each in self.lines
        ]

    @property
    def expected(self) -> Range:
        return sum((line.expected for line in self.lines), NONE)

    @property
    def unreached(self) -> Range:
        return sum((line.unreached for line in self.lines), NONE)


def schools_told(announcement: Announcement, day: datetime.date) -> list[tuple]:
    """Those that it reached that day, (pk, shown_name) each: a département has hundreds, their lines need no more."""
    return list(schools_reached(announcement, day).values_list("pk", "shown_name", named=True))


def families_told(announcement: Announcement, today: datetime.date) -> Counts:
    """Before it leaves: the families of each school, one for each child that somebody answers for, and those whom no
    screen can reach; three queries."""
    schools = schools_reached(announcement, today)
    enrolled = Enrolment.objects.current(today).filter(school__in=schools)
    if announcement.levels:
        enrolled = enrolled.filter(classroom__in=classrooms_reached(schools, announcement.levels, today))
    if announcement.service:
        enrolled = enrolled.filter(pupil__in=put_down(announcement, today).values("child"))
    links = Guardianship.objects.reached(today).filter(child=OuterRef("pupil"))
    enrolled = enrolled.filter(Exists(links)).alias(
        is_on_screen=Exists(links.filter(guardian__account__is_active=True))
    )
    rows = (
        enrolled.order_by()
        .values_list("school")
        .annotate(Count("pupil", distinct=True), on_paper=Count("pupil", distinct=True, filter=Q(is_on_screen=False)))
    )
    found = {school: (families, on_paper) for school, families, on_paper in rows}
    return Counts([_masked(school, *found.get(school.pk, (0, 0))) for school in schools])


def told_by(announcement: Announcement, today: datetime.date) -> Range:
    """How many its sender writes before it leaves: families, or, where no family is told, adults of the schools."""
    if Readers(announcement.readers).has_families:
        return families_told(announcement, today).expected
    return masked(audiences.count_persons(reached_by(announcement, today), today, TEAM))


def adults_by_name(notice: Notice, school: School) -> list[Line]:
    """Of the State's staff, who serves in this school and was expected, by name: for their own administration. One
    query."""
    here = serving(localdate(notice.published_at), OF_THE_STATE).filter(at=school.pk).values("person")
    return lines_among(notice.expected.filter(child=None, person__in=here), notice, Value(""))


def families_reached(notice: Notice, schools: Iterable) -> Counts:
    """Once its list is frozen: one family for each child, in the school of the day it was published; one query."""
    day = localdate(notice.published_at)
    enrolled = Q(child__enrolments__ends_on=None) | Q(child__enrolments__ends_on__gte=day)
    enrolled &= Q(child__enrolments__starts_on__lte=day)
    reached = Q(*((f"{sign}__isnull", False) for sign in REACHED_BY), _connector=Q.OR)
    rows = notice.expected.filter(enrolled, child__isnull=False).order_by().values_list("child__enrolments__school")
    rows = rows.annotate(Count("child", distinct=True), reached=Count("child", distinct=True, filter=reached))
    found = {school: (expected, expected - reached) for school, expected, reached in rows}
    return Counts([_masked(school, *found.get(school.pk, (0, 0))) for school in schools])


def adults_reached(notice: Notice, schools: Iterable, *, is_masked: bool) -> Counts:
    """The same of who serves in each school; the city reads it masked too, the State counts its own staff alone. One
    query, that counts in the base: a département's teams are thousands."""
    roles = SCHOOL_ROLES if is_masked else OF_THE_STATE
    expected = {"person__expected_in__notice": notice, "person__expected_in__child": None}
    rows = serving(localdate(notice.published_at), roles).filter(**expected).order_by().values_list("at")
    has_seen = Q(person__expected_in__seen_at__isnull=False)
    rows = rows.annotate(Count("person", distinct=True), seen=Count("person", distinct=True, filter=has_seen))
    found = {school: (many, many - seen) for school, many, seen in rows}
    counted = [(school, *found.get(school.pk, (0, 0))) for school in schools]
    if is_masked:
        return Counts([_masked(*each) for each in counted])
    return Counts([SchoolCount(school, Range(many, many), Range(left, left)) for school, many, left in counted])


def serving(day: datetime.date, roles):
    """The mandates of who serves so that day, with their school `at`."""
    return Mandate.objects.current(day).filter(role__in=roles).annotate(at=Coalesce("school", "classroom__school"))


def _masked(school, expected, unreached):
    return SchoolCount(school, masked(expected), masked_part(unreached, expected))
