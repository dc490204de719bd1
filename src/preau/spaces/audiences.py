"""Who is in an audience: one table of sources, read both ways (house.md §4).

An audience is a key, `class:<hex>`. `memberships_of` answers « which audiences is this person in », `members_of`
answers « who is in this audience »; both read `SOURCES`, so that « who will see » and « may I see » cannot disagree.
"""

import datetime
import functools
import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db import models
from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import Cast

from preau.kit.dates import school_year_bounds, school_year_label
from preau.kit.prepared import Asked, Prepared
from preau.people.models import CITY_ROLES, CLASS_ROLES, Mandate, Person, Role
from preau.places.models import City, Classroom, Group, School
from preau.schools.models import Enrolment, GroupMember, Guardianship

CLASS, SCHOOL, STAFF, GROUP, CITY, PUBLIC = "class", "school", "staff", "group", "city", "public"
KINDS = (CLASS, SCHOOL, STAFF, GROUP, CITY)  # those with members; « public » is everyone
OWN_KIND = {Classroom: CLASS, School: SCHOOL, Group: GROUP, City: CITY}


def key(kind: str, place) -> str:
    """`key(CLASS, classroom)` → « class:0192… »; takes a place or its id."""
    place_id = place if isinstance(place, uuid.UUID) else place.pk
    return f"{kind}:{place_id.hex}"


def split(audience: str) -> tuple[str, uuid.UUID]:
    """« class:0192… » → ("class", UUID)."""
    kind, _, text = audience.partition(":")
    return kind, uuid.UUID(text)


def audiences_of_place(place) -> list[str]:
    """The audiences whose publications make the life of this place."""
    own = [key(OWN_KIND[type(place)], place)]
    return [*own, key(STAFF, place)] if isinstance(place, School) else own


class Profile(models.TextChoices):
    """As what one belongs to an audience."""

    PUPIL = "pupil", "élève"
    FAMILY = "family", "responsable"
    STAFF = "staff", "adulte de l’école"
    HEAD = "head", "direction de l’école"
    CITY = "city", "agent de la Ville"


@dataclass(frozen=True)
class Membership:
    """A person in an audience from a day to a day, for a child when they answer for one."""

    audience: str
    profile: str
    child_id: uuid.UUID | None
    since: datetime.date
    until: datetime.date | None

    def is_current(self, today: datetime.date) -> bool:
        """In the audience that day."""
        return self.since <= today and (self.until is None or today <= self.until)


@dataclass(frozen=True)
class Member:
    """One person in an audience today; `has_account` says whether a screen can reach them."""

    person_id: uuid.UUID
    profile: str
    child_id: uuid.UUID | None
    has_account: bool
    civility: str
    first_name: str
    last_name: str
    usage_name: str
    sort_key: str
    reading_language: str

    @property
    def formal_name(self) -> str:
        """« Mme Craie », as `Person` says it."""
        names = {"first_name": self.first_name, "last_name": self.last_name, "usage_name": self.usage_name}
        return Person(civility=self.civility, **names).formal_name


@dataclass(frozen=True)
class Source:
    """Rows that put a person in audiences; `places` gives, for each kind of audience, the path to its place."""

    profile: str
    rows: Callable[[datetime.date], QuerySet]
    who: str
    places: dict[str, str]
    child: str | None = None
    dates: tuple[str, str] = ("", "")  # prefixes of the two pairs of dates that must both hold


def _memory(today):
    """Publications are kept the school year and the next: what ended before is nobody's reading any more."""
    first_day, _ = school_year_bounds(school_year_label(today))
    return first_day.replace(year=first_day.year - 1)


def _kept_years(today):
    return [school_year_label(today), school_year_label(_memory(today))]


def _mandates(*roles, **filters):
    def rows(today):
        still = Q(ends_on=None) | Q(ends_on__gte=_memory(today))
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
    return lambda today: model.objects.filter(Q(ends_on=None) | Q(ends_on__gte=_memory(today)))


SOURCES = (
    Source(Profile.PUPIL, _of(Enrolment), "pupil_id", {CLASS: "classroom_id", SCHOOL: "school_id"}),
    Source(Profile.PUPIL, _of(GroupMember), "pupil_id", {GROUP: "group_id"}),
    Source(
        Profile.FAMILY, _guardianships, "guardian_id",
        {
            CLASS: "child__enrolments__classroom_id",
            SCHOOL: "child__enrolments__school_id",
            CITY: "child__enrolments__school__city_id",
        },
        child="child_id", dates=("", "child__enrolments__"),
    ),
    Source(
        Profile.FAMILY, _guardianships, "guardian_id", {GROUP: "child__group_memberships__group_id"},
        child="child_id", dates=("", "child__group_memberships__"),
    ),
    Source(
        Profile.STAFF, _mandates(*CLASS_ROLES, classroom__isnull=False), "person_id",
        {
            CLASS: "classroom_id",
            SCHOOL: "classroom__school_id",
            STAFF: "classroom__school_id",
            CITY: "classroom__school__city_id",
        },
    ),
    Source(
        Profile.STAFF, _mandates(*CLASS_ROLES, school__isnull=False), "person_id",
        {SCHOOL: "school_id", STAFF: "school_id", CITY: "school__city_id"},
    ),
    # The teacher of a dispositif serves the school, not a class.
    Source(Profile.STAFF, _mandates(Role.TEACHER, school__isnull=False), "person_id", {GROUP: "school__groups"}),
    Source(
        Profile.HEAD, _mandates(Role.SCHOOL_HEAD), "person_id",
        {SCHOOL: "school_id", STAFF: "school_id", CITY: "school__city_id"},
    ),
    Source(Profile.HEAD, _mandates_in_classes(Role.SCHOOL_HEAD), "person_id", {CLASS: "school__classrooms"}),
    Source(Profile.HEAD, _mandates(Role.SCHOOL_HEAD), "person_id", {GROUP: "school__groups"}),
    Source(Profile.CITY, _mandates(*CITY_ROLES), "person_id", {CITY: "city_id"}),
)  # fmt: skip

NO_ID = Cast(Value(None), models.UUIDField())


def _annotated(source, today):
    first, second = source.dates
    columns = {
        "m_who": F(source.who), "m_profile": Value(str(source.profile)),
        "m_child": F(source.child) if source.child else NO_ID,
        "m_from_1": F(f"{first}starts_on"), "m_to_1": F(f"{first}ends_on"),
        "m_from_2": F(f"{second}starts_on"), "m_to_2": F(f"{second}ends_on"),
    }  # fmt: skip
    for kind in KINDS:
        columns[f"m_{kind}"] = F(source.places[kind]) if kind in source.places else NO_ID
    return source.rows(today).annotate(**columns)


def _current(rows, today):
    for number in (1, 2):
        rows = rows.filter(**{f"m_from_{number}__lte": today}).filter(
            Q(**{f"m_to_{number}": None}) | Q(**{f"m_to_{number}__gte": today})
        )
    return rows


PERSON_COLUMNS = ("m_profile", "m_child", "m_from_1", "m_to_1", "m_from_2", "m_to_2", *(f"m_{kind}" for kind in KINDS))


@functools.lru_cache(maxsize=2)
def _rows_of_person(today):
    first, *others = [
        _annotated(source, today).filter(**{source.who: Asked()}).values_list(*PERSON_COLUMNS) for source in SOURCES
    ]
    return Prepared(first.union(*others, all=True))


def memberships_of(person: Person, today: datetime.date) -> list[Membership]:
    """Every audience the person is in, or was in within the memory of publications; one query."""
    rows = _rows_of_person(today).rows(person.pk)
    return list(dict.fromkeys(membership for row in rows for membership in _memberships_of_row(row, today)))


def _memberships_of_row(row, today):
    profile, child_id, from_1, to_1, from_2, to_2, *places = row
    if from_2 is None:  # a guardian whose child is enrolled nowhere
        return
    since, until = max(from_1, from_2), min(filter(None, (to_1, to_2)), default=None)
    if since > today or (until and until < max(since, _memory(today))):
        return
    for kind, place_id in zip(KINDS, places, strict=True):
        if place_id:
            yield Membership(key(kind, place_id), profile, child_id, since, until)


def _branches(audience, today, columns, profiles=tuple(Profile)):
    kind, place_id = split(audience)
    return [
        _current(_annotated(source, today).filter(**{f"m_{kind}": place_id}), today).values_list(
            *(column.replace("WHO", source.who.removesuffix("_id")) for column in columns)
        )
        for source in SOURCES
        if kind in source.places and source.profile in profiles
    ]


def members_of(audience: str, today: datetime.date) -> list[Member]:
    """Who will see what is published to this audience today, each once per profile and child; one query."""
    names = ("WHO__civility", "WHO__first_name", "WHO__last_name", "WHO__usage_name", "WHO__sort_key")
    columns = ("m_who", "m_profile", "m_child", "WHO__account__is_active", *names, "WHO__reading_language")
    branches = _branches(audience, today, columns)
    if not branches:
        return []
    return [Member(who, kind, child, bool(active), *name) for who, kind, child, active, *name in _union(branches)]


def adults_of(members: list[Member]) -> list[Member]:
    """The adults of the school among them, each once, by name."""
    found = {m.person_id: m for m in members if m.profile in (Profile.STAFF, Profile.HEAD)}
    return sorted(found.values(), key=lambda m: (m.sort_key, m.person_id))


def count_persons(audience: str, today: datetime.date, profiles: Iterable[str]) -> int:
    """How many persons are in the audience as one of these, each once, counted by the base; one query."""
    branches = _branches(audience, today, ("m_who",), tuple(profiles))
    return _union(branches).count() if branches else 0


def _union(branches):
    first, *others = branches
    return first.union(*others) if others else first.distinct()
