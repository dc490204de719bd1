"""What is kept from one test to the next (tests/kept.py) is what the acts wrote, and only from the same beginning."""

import pytest
from django.db import connection

from preau.places.models import City, Department, Group
from tests import kept as keeping
from tests.kept import Worlds, kept, once
from tests.world import build_world

PLAYED = []


class Told:
    def __init__(self, world):
        self.world, self.group = world, None

    @kept
    def until(self, name):
        """A row written, one changed, one gone, and what memory holds of them."""
        PLAYED.append(name)
        school = self.world.schools["tilleuls"]
        self.group = Group.objects.create(school=school, school_year=self.world.year, name=name, kind=Group.Kind.ULIS)
        school.name = "École Renommée"
        school.save()
        self.world.groups["ulis"].members.all().delete()
        return self.group


def assert_told(world, told, name, found):
    school = world.schools["tilleuls"]
    assert found is told.group and found.school is school
    assert Group.objects.get(name=name).pk == found.pk
    assert school.name == "École Renommée" and type(school).objects.get(pk=school.pk).name == school.name
    assert not world.groups["ulis"].members.exists()


@pytest.mark.parametrize("turn", [1, 2, 3])
def test_it_is_played_once_and_put_back_as_it_was(world, turn):
    told = Told(world)
    assert_told(world, told, "une fois", told.until("une fois"))
    assert_told(world, told, "une autre", told.until("une autre"))
    assert PLAYED == ["une fois", "une autre"]


@pytest.mark.parametrize("turn", [1, 2])
def test_what_a_test_wrote_before_makes_another_beginning(world, turn):
    PLAYED.clear()
    City.objects.filter(slug="marelle").update(name="Autre")
    Told(world).until("écrit avant")
    assert PLAYED == ["écrit avant"]


@pytest.mark.parametrize("shown", [lambda group: "un", lambda group: "deux"])
def test_what_a_test_replaced_makes_another_beginning(world, monkeypatch, shown):
    PLAYED.clear()
    monkeypatch.setattr(Group, "__str__", shown)
    Told(world).until("remplacé")
    assert PLAYED == ["remplacé"]


def test_what_is_not_said_by_values_is_played(world):
    answers = [once(key, list, world) for key in ("liste", None)]
    assert answers == [[], []] and answers[0] is not answers[1]


def test_the_world_is_made_once_for_several_files_and_put_back_row_by_row(db):
    worlds, made = Worlds(), []
    first = worlds.put(build_counted(made))
    rows = held()
    undo()
    assert (worlds.put(build_counted(made)), held(), len(made)) == (first, rows, 1)


def test_it_is_made_again_once_old(db, monkeypatch):
    worlds, made = Worlds(), []
    monkeypatch.setattr(keeping, "AGE", -1)
    for _ in range(2):
        worlds.put(build_counted(made))
        undo()
    assert len(made) == 2


def test_it_is_made_again_where_something_stands_and_what_is_done_there_stays_there(db):
    worlds, made = Worlds(), []
    worlds.put(build_counted(made))
    undo()
    Department.objects.create(code="79", name="Deux-Sèvres", academy="Poitiers")
    assert worlds.put(build_counted(made))[1] == {} and len(made) == 2


def build_counted(made):
    def build():
        made.append(True)
        return build_world()

    return build


def held():
    return {table: keeping.rows_of(table) for table in keeping.tables_of_models()}


def undo():
    """As at the end of a file."""
    with connection.cursor() as cursor:
        for table in keeping.tables_of_models():
            cursor.execute(f'DELETE FROM "{table}"')
