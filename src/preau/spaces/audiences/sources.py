"""The tables whose rows put a person in audiences. No other code says who is in which place."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from preau.kit.dates import memory_of, school_year_label
from preau.people.models import CITY_ROLES, CLASS_ROLES, SITE_ROLES, STATE_ROLES, Mandate, Role
from preau.schools.models import Enrolment, GroupMember, Guardianship
from preau.spaces.audiences.keys import (
    ACTIVITY,
    AFTERSCHOOL,
    CITY,
    CLASSROOM,
    DEPARTMENT,
    DISTRICT,
    GROUP,
    NETWORK,
    SCHOOL,
    Profile,
)


@dataclass(frozen=True)
class Source:
    """Rows that put a person in audiences; `places` gives, for each kind of audience, the path to its place."""

    profile: str
    rows: Callable[[datetime.date], QuerySet]
    who: str
    places: dict[str, str]
    child: str | None = None
    dates: tuple[str, str] = ("", "")  # prefixes of the two pairs of dates that must both hold
    # The paths to what the place is in, when `places` does not give it: what stops it stops it.
    school: str = ""
    city: str = ""

    def above(self, kind: str) -> str | None:
        """The path to the school or the city of these places; None for those of a département."""
        if kind in self.places:
            return self.places[kind]
        if self.city and kind == CITY:
            return self.city
        if not self.school:
            return None
        return self.school if kind == SCHOOL else f"{self.school.removesuffix('_id')}__city_id"


def _kept_years(today):
    return [school_year_label(today), school_year_label(memory_of(today))]


def _mandates(*roles, **filters):
    def rows(today):
        still = Q(ends_on=None) | Q(ends_on__gte=memory_of(today))
        return Mandate.objects.filter(still, role__in=roles, **filters)

    return rows


def _mandates_in_classes(*roles):
    def rows(today):
        return _mandates(*roles)(today).filter(school__classrooms__school_year__in=_kept_years(today))

    return rows


def _guardianships(today):
    """A restricted guardian reads nothing of the child's audiences, past included (trust.md, users.md rule 16)."""
    return Guardianship.objects.unrestricted(today)


def _of(model):
    return lambda today: model.objects.filter(Q(ends_on=None) | Q(ends_on__gte=memory_of(today)))


OF_SCHOOL = {
    SCHOOL: "school_id", NETWORK: "school__network_id", CITY: "school__city_id", DISTRICT: "school__district_id",
    DEPARTMENT: "school__city__department_id",
}  # fmt: skip


def _from(prefix, **more):
    """The paths of a school, seen from rows that `prefix` leads from, and others."""
    return {kind: f"{prefix}{path}" for kind, path in OF_SCHOOL.items()} | more


SITE_TEAM = tuple(role for role in SITE_ROLES if role != Role.SITE_MANAGER)
SITE = {AFTERSCHOOL: "afterschool_id", ACTIVITY: "afterschool__activities"}
OF_SITE = "child__activity_enrolments__activity"  # from a guardianship: what the city's file says of the child

SOURCES = (
    Source(Profile.PUPIL, _of(Enrolment), "pupil_id", _from("", classroom="classroom_id", child="pupil_id")),
    Source(Profile.PUPIL, _of(GroupMember), "pupil_id", {GROUP: "group_id"}, school="group__school_id"),
    Source(
        Profile.FAMILY, _guardianships, "guardian_id",
        _from("child__enrolments__", classroom="child__enrolments__classroom_id", child="child_id"),
        child="child_id", dates=("", "child__enrolments__"),
    ),
    Source(
        Profile.FAMILY, _guardianships, "guardian_id", {GROUP: "child__group_memberships__group_id"},
        child="child_id", dates=("", "child__group_memberships__"), school="child__group_memberships__group__school_id",
    ),
    Source(
        Profile.FAMILY, _guardianships, "guardian_id",
        {AFTERSCHOOL: f"{OF_SITE}__afterschool_id", ACTIVITY: f"{OF_SITE}_id"},
        child="child_id", dates=("", "child__activity_enrolments__"), city=f"{OF_SITE}__afterschool__city_id",
    ),
    Source(Profile.STAFF, _mandates(*SITE_TEAM), "person_id", SITE, city="afterschool__city_id"),
    Source(Profile.HEAD, _mandates(Role.SITE_MANAGER), "person_id", SITE, city="afterschool__city_id"),
    Source(
        Profile.STAFF, _mandates(*CLASS_ROLES, classroom__isnull=False), "person_id",
        _from("classroom__", classroom="classroom_id"),
    ),
    Source(Profile.STAFF, _mandates(*CLASS_ROLES, school__isnull=False), "person_id", OF_SCHOOL),
    # The teacher of a dispositif serves the school, not a class.
    Source(
        Profile.STAFF, _mandates(Role.TEACHER, school__isnull=False), "person_id", {GROUP: "school__groups"},
        school="school_id",
    ),
    Source(Profile.HEAD, _mandates(Role.SCHOOL_HEAD), "person_id", OF_SCHOOL),
    Source(Profile.HEAD, _mandates_in_classes(Role.SCHOOL_HEAD), "person_id", {CLASSROOM: "school__classrooms"}),
    Source(Profile.HEAD, _mandates(Role.SCHOOL_HEAD), "person_id", {GROUP: "school__groups"}),
    Source(Profile.CITY, _mandates(*CITY_ROLES), "person_id", {CITY: "city_id"}),
    Source(Profile.STATE, _mandates(*STATE_ROLES), "person_id", {DISTRICT: "district_id", DEPARTMENT: "department_id"}),
)  # fmt: skip
