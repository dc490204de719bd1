"""A copy of a part of a query is what Python's own `copy` would make of it."""

import copyreg
from copy import _reconstruct, copy

import pytest
from django.db.models import Case, Count, Exists, F, Func, OuterRef, Q, Subquery, Value, When, Window
from django.db.models.expressions import BaseExpression
from django.db.models.functions import Coalesce, RowNumber

from preau.people.models import Mandate, Person


def by_python(expression):
    return _reconstruct(expression, None, *expression.__reduce_ex__(4))


def parts():
    held = Mandate.objects.filter(person=OuterRef("pk"))
    asked = Person.objects.filter(last_name="x").annotate(
        kind=Case(When(Q(first_name="a") | Q(birth_date=None), then=Value("b")), default=F("last_name")),
        held=Exists(held),
        role=Subquery(held.values("role")[:1]),
        count=Count("mandates", filter=Q(last_name="y")),
    )
    yield from (Value("a"), Coalesce(F("a"), Value(None)), Func(F("a"), function="lower"), Window(RowNumber()))
    yield from (Exists(held), OuterRef("pk").resolve_expression(), F("a").desc())
    yield from asked.query.annotations.values()
    yield from asked.query.where.children


@pytest.mark.parametrize("part", [part for part in parts() if isinstance(part, BaseExpression)], ids=type)
def test_a_copy_is_the_one_that_python_makes(part):
    part.convert_value = len  # what it keeps of itself, and no copy takes
    made, expected = copy(part), by_python(part)
    assert type(made) is type(expected) is type(part)
    assert made.__dict__.keys() == expected.__dict__.keys() and "convert_value" not in made.__dict__
    assert all(made.__dict__[name] is value for name, value in expected.__dict__.items())
    made.is_of_the_copy = True
    assert not hasattr(part, "is_of_the_copy")


def test_no_expression_is_more_than_its_dictionary():
    """One with slots, or that says itself how it is copied or pickled, would be copied wrong."""
    kinds, found = [BaseExpression], set()
    while kinds:
        found.add(kind := kinds.pop())
        kinds += kind.__subclasses__()
    assert len(found) > 100
    assert [kind for kind in found if any("__slots__" in vars(base) and base.__slots__ for base in kind.__mro__)] == []
    assert {kind.__copy__ for kind in found} == {BaseExpression.__copy__}
    assert all(kind.__reduce_ex__ is object.__reduce_ex__ and kind.__reduce__ is object.__reduce__ for kind in found)
    assert not found & set(copyreg.dispatch_table)
