"""A prepared query gives what its QuerySet gives, for each person, and never an answer kept from before."""

import gc
from copy import copy
from weakref import ref

import pytest
from django.db import DatabaseError, connections
from django.db.models import CharField, Count, F, Value
from django.db.models.sql.compiler import SQLCompiler
from django.db.transaction import TransactionManagementError

from preau.kit import prepared as kept
from preau.kit.prepared import Asked, Prepared, PreparedOf, Sight, one_of_asked, seen_by_asked
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


def held_by(*asked):
    *persons, role = asked
    return Mandate.objects.filter(person__in=persons, role=role).order_by("pk")


@pytest.mark.parametrize("word", ["l'a", "100 % '%s' \"?\" %%", "", "é\\n"])
def test_the_words_of_a_query_are_written_in_it_as_they_are(world, word):
    named = Person.objects.filter(pk=Asked()).annotate(word=Value(word, CharField())).exclude(last_name=word)
    prepared, pk = Prepared(named.values_list("pk", "word")), world.people["teacher"].pk
    assert prepared.rows(pk) == [(pk, word)]
    if connections["default"].vendor == "sqlite":  # a bound word would have the statement prepared anew each time
        assert [type(one) for one in prepared.written.parameters] == [Asked]


def test_invented_ids_stand_for_those_that_are_asked(world, monkeypatch):
    prepared = PreparedOf(held_by)
    for names in (("teacher", "ien"), ("ien", "head"), ("guardian",), ()):
        pks = [world.people[name].pk for name in names]
        for role in ("ien", "teacher"):
            assert prepared.rows(*pks, key=(role,)) == list(held_by(*pks, role))
    assert prepared._written.cache_info().misses == 6  # of two ids, of one, of none, for each role
    monkeypatch.setattr(kept, "MOST_IDS", 1)
    others = [world.people[name].pk for name in WHO]
    assert prepared.rows(*others, key=("ien",)) == list(held_by(*others, "ien"))
    assert prepared._written.cache_info().misses == 6


def test_one_of_no_value_is_never_every_row():
    with pytest.raises(ValueError):
        one_of_asked("person", 0)


def test_related_rows_come_along(world, django_assert_num_queries):
    with django_assert_num_queries(1):
        (mandate,) = Prepared(whole(Asked())).rows(world.people["teacher"].pk)
        assert mandate.classroom.school == world.schools["tilleuls"]
    (other,) = whole(world.people["teacher"].pk)
    for path in (lambda one: one, lambda one: one.classroom, lambda one: one.classroom.school):
        assert path(mandate).__dict__ | {"_state": 0} == path(other).__dict__ | {"_state": 0}
    assert mandate.district is None
    assert mandate.classroom._state.db == "default" and not mandate.classroom._state.adding


def test_rows_share_one_object_of_what_they_are_joined_to(world):
    held = Prepared(Mandate.objects.filter(classroom__isnull=False).select_related("classroom__school")).rows()
    assert held == list(Mandate.objects.filter(classroom__isnull=False).select_related("classroom__school"))
    for path in (lambda one: one.classroom, lambda one: one.classroom.school):
        assert len({id(path(one)) for one in held}) == len({path(one) for one in held}) < len(held)


def test_a_model_that_does_more_than_hold_its_columns_is_refused(world, monkeypatch):
    monkeypatch.setattr(Person, "__init__", lambda self, *given: None)
    with pytest.raises(ValueError, match="Person"):
        Prepared(Person.objects.all()).rows()


def test_the_base_is_asked_each_time_and_the_sql_written_once(world, monkeypatch, django_assert_num_queries):
    prepared, pk = Prepared(columns(Asked())), world.people["teacher"].pk
    before = prepared.rows(pk)
    Mandate.objects.filter(person=pk).delete()
    monkeypatch.setattr(SQLCompiler, "as_sql", None)
    with django_assert_num_queries(1):
        assert before and prepared.rows(pk) == []


@pytest.mark.long
@pytest.mark.parametrize("build", [whole, columns, union])
def test_threads_share_the_sql_and_nothing_of_a_connection(world, build):
    """The query's own tree goes once it is written, and the connection of the thread that wrote it with that thread."""
    prepared, pk = Prepared(build(Asked())), world.people["teacher"].pk
    tree, other = ref(prepared.queryset), copy(connections["default"])
    other.ops = type(other.ops)(other)
    connections["default"], former = other, connections["default"]
    try:
        prepared._write()
    finally:
        connections["default"] = former
    other = ref(other.ops)
    gc.collect()
    assert tree() is None and other() is None
    assert prepared.rows(pk) == list(build(pk))


def test_the_connection_of_now_is_asked(world):
    prepared = Prepared(columns(Asked()))
    prepared.rows(world.people["teacher"].pk)

    class Gone(Exception):
        """The connection the thread has now."""

    def cursor():
        raise Gone

    former = connections["default"]
    connections["default"] = copy(former)
    connections["default"].cursor = cursor
    try:
        with pytest.raises(Gone):
            prepared.rows(world.people["teacher"].pk)
    finally:
        connections["default"] = former


@pytest.mark.parametrize(
    "build",
    [
        lambda rows: rows.annotate(held=Count("mandates")),
        lambda rows: rows.values_list("first_name", flat=True),
        lambda rows: rows.only("first_name"),
        lambda rows: rows.none(),
        lambda rows: rows.filter(first_name__contains="%"),
    ],
)
def test_each_way_to_read_rows_gives_what_the_queryset_gives(world, build):
    rows = build(Person.objects.order_by("sort_key", "pk"))
    found = Prepared(rows).rows()
    assert found == list(rows)
    if found and isinstance(found[0], Person):
        assert [one.__dict__ | {"_state": 0} for one in found] == [one.__dict__ | {"_state": 0} for one in rows]
        assert found[0]._state.db == "default" and not found[0]._state.adding


def test_what_it_cannot_read_is_refused_at_once(world):
    with pytest.raises(KeyError):
        Prepared(Person.objects.values("pk")).rows()
    with pytest.raises(ValueError, match="prefetch"):
        Prepared(Person.objects.prefetch_related("mandates"))


def test_a_sight_asked_gives_what_it_gives_at_once(world):
    """One sentence for all who see by the same paths, none for who sees nothing."""
    people, schools = world.people, world.schools
    prepared = Prepared(Mandate.objects.filter(seen_by_asked(("school", "person"))).order_by("pk"))
    for school, name in (("tilleuls", "ien"), ("saules", "teacher"), ("tilleuls", "teacher")):
        sight = Sight.of([("school", schools[school].pk), ("person", people[name].pk), ("person", people[name].pk)])
        assert prepared.rows(*sight.ids) == list(Mandate.objects.filter(sight.where()).order_by("pk")) != []
    assert not Mandate.objects.filter(Sight.of([]).where()).exists()
    assert not Mandate.objects.filter(seen_by_asked(())).exists()


def test_postgresql_plans_once_a_query_that_comes_back(world):
    if connections["default"].vendor != "postgresql":
        pytest.skip("SQLite keeps its own statements")
    for name in ("teacher", "ien", "head"):
        list(Mandate.objects.filter(person=world.people[name].pk, role="ien", school__slug="prepared"))
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%%\"slug\" = $%%'")
        assert cursor.fetchone() == (1,)


@pytest.fixture
def straight(world):
    """The connection as it is in use, where nobody watches its queries, and without Django's cursors."""
    connection = connections["default"]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(connection, "execute_wrappers", [])
        patch.setattr(connection, "cursor", None)
        yield connection


def words(who):
    """With a percent sign, which the marks of parameters begin with."""
    return Person.objects.filter(pk=who).annotate(word=Value("100 %s %%", CharField())).values_list("word")


@pytest.mark.parametrize("build", [whole, columns, union, words])
def test_asked_straight_the_base_gives_the_same(world, straight, build):
    prepared, pk = Prepared(build(Asked())), world.people["teacher"].pk
    found = prepared.rows(pk)
    straight.cursor = type(straight).cursor.__get__(straight)
    assert found == list(build(pk)) and found


def test_asked_straight_a_failure_is_django_s(world, straight):
    prepared = Prepared(columns(Asked()))
    prepared._write()
    prepared.written.marked, prepared.written.parameters = "SELECT * FROM nowhere", []
    with pytest.raises(DatabaseError, match="nowhere"):
        prepared.rows()


def test_asked_straight_a_broken_transaction_answers_nothing(world, straight):
    prepared = Prepared(columns(Asked()))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(straight, "needs_rollback", True)
        with pytest.raises(TransactionManagementError):
            prepared.rows(world.people["teacher"].pk)
