"""The classes of a school are listed youngest first, in every list."""

import random
import re
from importlib import import_module

import pytest
from django.apps import apps

from preau.arrivals.queries.uploads import load_base
from preau.places.models import Classroom
from preau.schools.queries import current_classrooms
from tests.house.source import modules

MIGRATION = import_module("preau.places.migrations.0010_classes_in_order")
# As a head reads them aloud: the level, then several levels beside the youngest, then the name; dispositifs last.
IN_ORDER = (
    ("Les Lutins", ["TPS", "PS"]), ("Z petits", ["PS"]), ("PS-MS", []), ("MS", []), ("MS-GS", ["MS", "GS"]),
    ("A grands", ["GS"]), ("GS B", ["GS"]), ("CP A", ["CP"]), ("CP-CE1", []), ("CE1", ["CE1"]), ("CM1/CM2", []),
    ("CM2", ["CM2"]), ("Dauphins", []), ("ULIS", ["CE1", "CE2", "CM1"]), ("upe2a", []),
)  # fmt: skip
pytestmark = pytest.mark.django_db


@pytest.fixture
def school(world):
    school = world.schools["saules"]
    Classroom.objects.filter(school=school).update(school_year="2001-2002")
    for name, levels in random.sample(IN_ORDER, len(IN_ORDER)):
        Classroom.objects.create(school=school, school_year=world.year, name=name, levels=levels)
    return school


def named(rooms):
    return [room.name for room in rooms]


def test_the_youngest_come_first(world, school):
    assert named(current_classrooms(school, world.today)) == [name for name, _ in IN_ORDER]


def test_a_level_changed_moves_its_class(world, school):
    room = Classroom.objects.get(school=school, name="Dauphins")
    room.levels = ["TPS"]
    room.save(update_fields=["levels", "order_key"])
    assert named(current_classrooms(school, world.today))[0] == "Dauphins"


def test_a_base_of_before_is_put_in_the_same_order(world, school):
    Classroom.objects.update(order_key="")
    MIGRATION.put_in_order(apps, None)
    assert named(current_classrooms(school, world.today)) == [name for name, _ in IN_ORDER]


def test_a_file_compared_reads_them_in_this_order(world, school):
    assert named(load_base(school, world.year, world.today, []).classrooms) == [name for name, _ in IN_ORDER]


def test_no_list_of_classes_goes_by_their_names_alone():
    """`order_key` is their order: by names, GS comes before PS."""
    by_name = re.compile(
        r"order_by\([^)]*\"-?(\w+__)?classroom__(sort_key|name)\"|classrooms[^\n]*order_by\(\"(sort_key|name)\""
    )
    assert [name for name, (path, _) in modules().items() if by_name.search(path.read_text())] == []
