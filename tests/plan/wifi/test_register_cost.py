"""What the register of a school asks of the base: nothing of the rooms of other schools."""

import pytest
from django.db import connection
from django.db.models.sql.compiler import SQLCompiler
from django.utils.timezone import now

from preau.places.models import Building, Room
from preau.plan.wifi.models import WifiWindow
from preau.plan.wifi.queries import month_before, on_outside, points_of, rooms_in_register
from tests.steps import ONLY_SQLITE, steps_of

pytestmark = pytest.mark.django_db


def test_rooms_of_other_schools_cost_the_register_nothing(scene):
    """A base of 450 schools has ten thousand rooms."""
    if connection.vendor != "sqlite":
        pytest.skip(ONLY_SQLITE)
    scene.open()
    rooms = rooms_in_register(WifiWindow.objects.filter(school=scene.school), scene.school)
    assert list(rooms) == [scene.room]
    alone = steps_of(list, rooms.all())
    building = Building.objects.create(school=scene.world.schools["saules"], name="Bâtiment Z")
    names = (f"Atelier {number}" for number in range(60))
    Room.objects.bulk_create(Room(building=building, name=name, sort_key=name.lower()) for name in names)
    assert steps_of(list, rooms.all()) <= alone + 1


def test_the_sql_of_access_points_is_kept(scene, monkeypatch):
    """Teachers open that page each day: only its rows are asked, of whatever school."""
    moment = month_before(now())
    found = [line.point for line in points_of(scene.school)]
    assert found and not on_outside(scene.school, moment, 50)
    monkeypatch.setattr(SQLCompiler, "as_sql", None)
    assert [line.point for line in points_of(scene.school)] == found
    other = scene.world.schools["saules"]
    assert points_of(other) == [] and on_outside(other, moment, 50) == []
