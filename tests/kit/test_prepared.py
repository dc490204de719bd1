"""A prepared query gives what its QuerySet gives, for each person, and never an answer kept from before."""

import pytest
from django.db.models import CharField, F, Value
from django.db.models.sql.compiler import SQLCompiler

from preau.kit.prepared import Asked, Prepared, Sight, one_of_asked, seen_by_asked
from preau.people.models import Mandate, Person

WHO = ("teacher", "ien", "guardian", "ien", "teacher")


def whole(who):
    return Mandate.objects.filter(person=who).select_related("classroom__school", "district").order_by("pk")


def columns(who):
    return Mandate.objects.filter(person=who).order_by("pk").values_list("role", "starts_on", "person_id")


def union(who):
    named = Person.objects.filter(pk=who).annotate(kind=Value("named"), day=F("birth_date"))
    held = Mandate.objects.filter(person_id=who).annotate(kind=F("role"), day=F("starts_on"))
    return named.values_list("pk", "kind", "day").union(held.values_list("pk", "kind", "day"), all=True)


@pytest.mark.parametrize("build", [whole, columns, union])
def test_rows_are_those_of_the_queryset_for_each_person(world, build):
    prepared = Prepared(build(Asked()))
    for name in WHO:
        pk = world.people[name].pk
        assert prepared.rows(pk) == list(build(pk))


def test_several_values_of_several_kinds_are_filled_in_by_rank(world):
    held = Mandate.objects.order_by("pk")
    prepared = Prepared(held.filter(one_of_asked("person", 2), role=Asked(2, CharField)))
    for names in (("teacher", "ien"), ("ien", "head"), ("head", "teacher")):
        pks = [world.people[name].pk for name in names]
        for role in ("ien", "teacher"):
            assert prepared.rows(*pks, role) == list(held.filter(person__in=pks, role=role))


def test_one_of_no_value_is_never_every_row():
    with pytest.raises(ValueError):
        one_of_asked("person", 0)


def test_related_rows_come_along(world, django_assert_num_queries):
    with django_assert_num_queries(1):
        (mandate,) = Prepared(whole(Asked())).rows(world.people["teacher"].pk)
        assert mandate.classroom.school == world.schools["tilleuls"]


def test_the_base_is_asked_each_time_and_the_sql_written_once(world, monkeypatch, django_assert_num_queries):
    prepared, pk = Prepared(columns(Asked())), world.people["teacher"].pk
    before = prepared.rows(pk)
    Mandate.objects.filter(person=pk).delete()
    monkeypatch.setattr(SQLCompiler, "as_sql", None)
    with django_assert_num_queries(1):
        assert before and prepared.rows(pk) == []


def test_nothing_of_the_thread_that_wrote_it_is_kept(world):
    prepared = Prepared(columns(Asked()))
    prepared.rows(world.people["teacher"].pk)
    assert [compiler.connection for compiler, _, _ in prepared.written.values()] == [None]


def test_a_sight_asked_gives_what_it_gives_at_once(world):
    """One sentence for all who see by the same paths, none for who sees nothing."""
    people, schools = world.people, world.schools
    prepared = Prepared(Mandate.objects.filter(seen_by_asked(("school", "person"))).order_by("pk"))
    for school, name in (("tilleuls", "ien"), ("saules", "teacher"), ("tilleuls", "teacher")):
        sight = Sight.of([("school", schools[school].pk), ("person", people[name].pk), ("person", people[name].pk)])
        assert prepared.rows(*sight.ids) == list(Mandate.objects.filter(sight.where()).order_by("pk")) != []
    assert not Mandate.objects.filter(Sight.of([]).where()).exists()
    assert not Mandate.objects.filter(seen_by_asked(())).exists()
