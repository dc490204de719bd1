"""Queries that rules write for a person, written once for all who hold the same titles in the same pattern of places.

A rule reads roles and ids from a person and their mandates, and nothing else: for two persons whose roles are held in
the same pattern of places, the SQL is the same and only the ids differ. It is built for a stand-in person, whose ids
exist nowhere and of whom nothing else can be read. What is kept is the SQL, never rows.
"""

from collections.abc import Callable
from contextlib import ExitStack
from functools import lru_cache
from uuid import UUID, uuid4

from django.db import connections
from django.db.models import UUIDField

from preau.kit.prepared import Asked, Prepared
from preau.people.models import Mandate, Person
from preau.people.queries import current_mandates
from preau.places.models import AfterSchool, City, Classroom, Department, District, School

# What a stand-in's mandate shows, one within the other, as `current_mandates` reads it.
PLACES = {
    "department": Department, "city": City, "district": District, "school": School, "classroom": Classroom,
    "afterschool": AfterSchool,
}  # fmt: skip
WITHIN = {
    City: ("department",), District: ("department",), School: ("city", "district"), Classroom: ("school",),
    Department: (), AfterSchool: ("city",),
}  # fmt: skip
# Rows that hold these in full: what lies further is known by its id alone, as `current_mandates` leaves it.
READ = ("school.city", "classroom.school", "classroom.school.city", "afterschool.city")


AN_ID = None  # of the kinds of a query: an id that a rule compares where Django takes no expression


class PreparedFor:
    """`build(person, today, *asked, *key)` gives a QuerySet without prefetch, None when there is nothing to query.
    `asked` are expressions there, invented ids for `AN_ID`: parameters of the `kinds` given, whose values are passed to
    `rows`. `key` is what else changes the SQL; it takes few values."""

    def __init__(self, build: Callable, *kinds, maxsize: int = 64):
        self._written = lru_cache(maxsize=maxsize)(lambda *given: _write(build, kinds, *given))

    def rows(self, person, today, *asked, key=()) -> list:
        """What the QuerySet gives for this person; one query at most."""
        pattern, ids = _pattern(current_mandates(person, today))
        prepared = self._written(pattern, today, key)
        return prepared.rows(*asked, person.pk, *ids) if prepared else []


def one_in(visible: Callable, *joined: str) -> PreparedFor:
    """The row of this id among those that `visible(person, today)` gives: `one_in(…).rows(person, today, id)`."""

    def build(person, today, asked):
        rows = visible(person, today).filter(pk=asked)
        return rows.select_related(*joined) if joined else rows

    return PreparedFor(build, UUIDField)


def _pattern(mandates):
    """(the roles, and where the same place comes back; the ids of the places, each once)"""
    ranks = {}
    held = tuple((m.role, *(_ranked(getattr(m, f"{name}_id"), m, name, ranks) for name in PLACES)) for m in mandates)
    return held, tuple(ranks)


def _ranked(key, holder, name, ranks, path=""):
    """(rank of a place's id, what it lies within), None for no place."""
    if key is None:
        return None
    rank, path = ranks.setdefault(key, len(ranks)), f"{path}.{name}" if path else name
    if path.count(".") and path not in READ:
        return (rank,)
    place = getattr(holder, name)
    return rank, *(_ranked(getattr(place, f"{each}_id"), place, each, ranks, path) for each in WITHIN[PLACES[name]])


def _write(build, kinds, pattern, today, key):
    person, invented = uuid4(), {}
    stand_in = Person.from_db(None, ["id"], [person])
    stand_in._mandates_by_day = {today: [_mandate(stand_in, held, invented) for held in pattern]}
    asked = [uuid4() if kind is AN_ID else Asked(rank, kind) for rank, kind in enumerate(kinds)]
    with ExitStack() as refused:
        for connection in connections.all(initialized_only=True):
            refused.enter_context(connection.execute_wrapper(_refuse))
        found = build(stand_in, today, *asked, *key)
        if found is None:
            return None
        in_order = [*asked, person, *(invented[rank] for rank in sorted(invented))]
        return Prepared(found, {one: rank for rank, one in enumerate(in_order) if isinstance(one, UUID)})


def _mandate(person, held, invented):
    role, *places = held
    mandate = Mandate.from_db(None, ["id", "person_id", "role"], [uuid4(), person.pk, role])
    mandate.person = person
    for (name, model), ranked in zip(PLACES.items(), places, strict=True):
        setattr(mandate, name, ranked and _place(model, ranked, invented))
    return mandate


def _place(model, ranked, invented):
    rank, *within = ranked
    place = model.from_db(None, ["id"], [invented.setdefault(rank, uuid4())])
    for name, held in zip(WITHIN[model], within, strict=False):  # of a place known by its id alone nothing follows
        setattr(place, name, held and _place(PLACES[name], held, invented))
    return place


def _refuse(execute, sql, *_):
    raise RuntimeError(f"a query prepared for a pattern of roles read more than roles and ids: {sql}")
