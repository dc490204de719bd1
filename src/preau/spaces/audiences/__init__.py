"""Who is in an audience: one table of sources, read both ways (house.md §4).

An audience is a place and a profile (families, pupils, adults), or one child's own; its key is a text,
« classroom.families:<hex> ». `memberships_of` answers « which audiences is this person in », `members_of` answers « who
is in these audiences »; both read `SOURCES`, so that « who will see » and « may I see » cannot disagree.
"""

import datetime
import functools
import uuid
from collections.abc import Iterable

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Cast, Concat

from preau.kit.dates import memory_of
from preau.kit.prepared import Asked, Prepared
from preau.kit.rows import NO_ID
from preau.people.models import Person
from preau.schools.queries.own import tell_no_link
from preau.spaces.audiences.keys import (
    ACTIVITY,
    AFTERSCHOOL,
    CHILD,
    CITY,
    CLASSROOM,
    DEPARTMENT,
    DISTRICT,
    GROUP,
    KINDS,
    NETWORK,
    PROFILES_OF,
    PUBLIC,
    READERS_OF,
    SCHOOL,
    Audience,
    Member,
    Membership,
    Profile,
    Readers,
    child_key,
    is_for,
    key_of,
    keys,
    public_key,
    split,
)
from preau.spaces.audiences.sources import SOURCES
from preau.spaces.models import Stop

__all__ = [
    "ACTIVITY", "AFTERSCHOOL", "CHILD", "CITY", "CLASSROOM", "DEPARTMENT", "DISTRICT", "GROUP", "NETWORK", "PUBLIC",
    "SCHOOL", "Audience", "Member", "Membership", "Profile", "Readers", "adults_of", "child_key", "count_persons", 
    "is_for", "key_of", "keys", "members_of", "memberships_of", "pairs_of", "public_key", "split",
]  # fmt: skip

NO_DAY = Cast(Value(None), models.DateField())
FEW = 40  # audiences of a class, of the classes of a school: the SQL of as many is written once
STOP = "stop"  # rows of memberships_of that are no membership: the stops in force, few and far between


def _annotated(source, today):
    first, second = source.dates
    columns = {
        "m_who": F(source.who), "m_profile": Value(str(source.profile)),
        "m_for": F(source.child) if source.child else NO_ID,
        "m_from_1": F(f"{first}starts_on"), "m_to_1": F(f"{first}ends_on"),
        "m_from_2": F(f"{second}starts_on"), "m_to_2": F(f"{second}ends_on"),
    }  # fmt: skip
    for kind in KINDS:
        columns[f"m_{kind}"] = F(source.places[kind]) if kind in source.places else NO_ID
    for kind in ABOVE:
        path = source.above(kind)
        columns[f"m_in_{kind}"] = F(path) if path else NO_ID
    return source.rows(today).annotate(**columns)


def _current(rows, today):
    for number in (1, 2):
        rows = rows.filter(**{f"m_from_{number}__lte": today}).filter(
            Q(**{f"m_to_{number}": None}) | Q(**{f"m_to_{number}__gte": today})
        )
    return rows


ABOVE = (SCHOOL, CITY)  # what holds a class or a group: stopped, it stops them too
PERSON_COLUMNS = (
    "m_profile", "m_for", "m_from_1", "m_to_1", "m_from_2", "m_to_2",
    *(f"m_{kind}" for kind in KINDS), *(f"m_in_{kind}" for kind in ABOVE),
)  # fmt: skip


@functools.lru_cache(maxsize=2)
def _rows_of_person(today):
    first, *others = [
        _annotated(source, today).filter(**{source.who: Asked()}).values_list(*PERSON_COLUMNS) for source in SOURCES
    ]
    return Prepared(first.union(*others, _stops_in_force(), all=True))


def _stops_in_force():
    """In the columns of memberships: for whom and what part, which stop, its place."""
    columns = dict.fromkeys(PERSON_COLUMNS, NO_ID) | dict.fromkeys(PERSON_COLUMNS[2:6], NO_DAY)
    said = Concat(Value(f"{STOP}:"), "readers", Value(":"), "part", output_field=models.CharField())
    columns |= {"m_profile": said, "m_for": F("id")} | {f"m_{kind}": F(f"{kind}_id") for kind in Stop.PLACES}
    return Stop.objects.open().annotate(**columns).values_list(*PERSON_COLUMNS)


def memberships_of(person: Person, today: datetime.date) -> list[Membership]:
    """Every audience the person is in, or was in within the memory of publications, and whether what is published there
    is stopped for them; one query."""
    rows, stops = [], {}
    for row in _rows_of_person(today).rows(person.pk):
        if row[0].startswith(STOP):
            _, readers, part = row[0].split(":")
            key = readers, next(filter(None, row[6:]))
            if part == Stop.Part.WHOLE or key not in stops:
                stops[key] = (row[1], part)
        else:
            rows.append(row)
    if not any(row[0] == Profile.FAMILY for row in rows):  # one comes of each link, of a child enrolled nowhere too
        tell_no_link(person, today)
    return list(dict.fromkeys(membership for row in rows for membership in _memberships_of_row(row, today, stops)))


def _stop_of(stops, profile, kind, place_id, around):
    """The stop that holds for this profile in this place, or in what it lies in; None for a head, who sorts it out."""
    if not stops or profile == Profile.HEAD or kind in (DISTRICT, DEPARTMENT):
        return None
    for where in around[-1:] if kind == CITY else around[1:] if kind in (SCHOOL, GROUP, NETWORK) else around:
        stop_id, part = stops.get((READERS_OF[profile], where), (None, ""))
        if stop_id and not (part == Stop.Part.BELOW and where == place_id):
            return stop_id
    return None


def _memberships_of_row(row, today, stops):
    profile, child_id, from_1, to_1, from_2, to_2, *places = row
    places, above = places[: len(KINDS)], places[len(KINDS) :]
    if from_2 is None:  # a guardian whose child is enrolled nowhere
        return
    since, until = max(from_1, from_2), min(filter(None, (to_1, to_2)), default=None)
    if since > today or (until and until < max(since, memory_of(today))):
        return
    readers, around = READERS_OF[profile], (places[KINDS.index(CLASSROOM)], *above)
    for kind, place_id in zip(KINDS, places, strict=True):
        if place_id:
            stop_id = _stop_of(stops, profile, kind, place_id, around)
            yield Membership(key_of(kind, readers, place_id), profile, child_id, since, until, kind, place_id, stop_id)


def _branches(reached, today, columns, profiles):
    """One branch for each source that puts somebody in one of these audiences as one of these profiles."""
    wanted = {}
    for kind, readers, place_id in map(split, reached):
        for profile in PROFILES_OF.get(readers, ()):
            if profile in profiles:
                wanted.setdefault((kind, profile), set()).add(place_id)
    return [
        _current(_annotated(source, today).filter(**{f"m_{kind}__in": place_ids}), today).values_list(
            *(column.replace("WHO", source.who.removesuffix("_id")) for column in columns)
        )
        for source in SOURCES
        for (kind, profile), place_ids in wanted.items()
        if source.profile == profile and kind in source.places
    ]


def members_of(reached: Iterable[str], today: datetime.date) -> list[Member]:
    """Who will see what is published to these audiences today, each once per profile and child; one query."""
    reached = list(dict.fromkeys(reached))
    if len(reached) > FEW:
        rows = _members(reached, today) or ()
    else:
        parts = [split(audience) for audience in reached]
        prepared = _prepared_members(tuple(part[:2] for part in parts), today)
        rows = prepared.rows(*(part.place_id for part in parts)) if prepared else ()
    return [Member(who, kind, child, bool(active), *name) for who, kind, child, active, *name in rows]


def _members(reached, today):
    names = ("WHO__civility", "WHO__first_name", "WHO__last_name", "WHO__usage_name", "WHO__sort_key")
    columns = ("m_who", "m_profile", "m_for", "WHO__account__is_active", *names, "WHO__reading_language")
    branches = _branches(reached, today, columns, tuple(Profile))
    return _union(branches) if branches else None


@functools.lru_cache(maxsize=64)
def _prepared_members(kinds, today):
    """The same of so many audiences of these kinds and readers: asked with the ids of their places."""
    ranks = {uuid.uuid4(): rank for rank in range(len(kinds))}
    rows = _members([key_of(*kind, place) for kind, place in zip(kinds, ranks, strict=True)], today)
    return None if rows is None else Prepared(rows, ranks)


def pairs_of(reached: Iterable[str], today: datetime.date, profiles: Iterable[str]) -> list[tuple]:
    """(person, child or None) of `members_of` as one of these profiles, by their ids alone; one query."""
    branches = _branches(reached, today, ("m_who", "m_for"), tuple(profiles))
    return list(_union(branches)) if branches else []


def adults_of(members: list[Member]) -> list[Member]:
    """The adults of the school among them, each once, by name."""
    found = {m.person_id: m for m in members if m.profile in (Profile.STAFF, Profile.HEAD)}
    return sorted(found.values(), key=lambda m: (m.sort_key, m.person_id))


def count_persons(reached: Iterable[str], today: datetime.date, profiles: Iterable[str], most=None) -> int:
    """How many persons are in these audiences as one of these, each once, counted by the base; one query. Past `most`
    they are not counted on, and it says one more."""
    branches = _branches(reached, today, ("m_who",), tuple(profiles))
    return _union(branches)[: most and most + 1].count() if branches else 0


def _union(branches):
    first, *others = branches
    return first.union(*others) if others else first.distinct()
