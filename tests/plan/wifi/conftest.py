"""A school whose council was told, two classrooms, a cart with its access point, and one fixed on a wall."""

import datetime
from dataclasses import dataclass
from zoneinfo import ZoneInfo

import pytest

from preau.ent.lessons.views import boards
from preau.places.models import Building, Room
from preau.plan.inventory import actions as inventory
from preau.plan.inventory.actions import Delivered
from preau.plan.inventory.models import Kind
from preau.plan.premises import actions as premises
from preau.plan.wifi import actions
from preau.plan.wifi.views import hook, steering, teaching
from tests.kept import kept
from tests.plan.inventory.conftest import deck_cart
from tests.world import TODAY

WIFI = '<span class="unbroken">Wi-Fi</span>'  # in a title: it never breaks at its hyphen

TEN = datetime.datetime.combine(TODAY, datetime.time(10), ZoneInfo("Europe/Paris"))


def at(hours, minutes=0):
    """That hour of today, in Poitiers."""
    return TEN.replace(hour=hours, minute=minutes)


@dataclass
class Scene:
    """`scene.room`, `scene.other_room`, `scene.carried` (in a cart), `scene.fixed` (in `other_room`)."""

    world: object
    school: object
    room: Room
    other_room: Room
    carried: object = None
    fixed: object = None

    @property
    def teacher(self):
        return self.world.people["teacher"]

    def open(self, room=None, *, now=TEN, minutes=45, person=None, **facts):
        return actions.open_window(
            person=person or self.teacher, room=room or self.room, activity="search", minutes=minutes, now=now, **facts
        )


@pytest.fixture
@kept
def untold(world):
    school = world.schools["tilleuls"]
    building = Building.objects.create(school=school, name="Bâtiment A")
    rooms = [Room.objects.create(building=building, name=f"Salle {n}") for n in (1, 2)]
    return Scene(world, school, *rooms)


@pytest.fixture
@kept
def scene(untold):
    premises.record_notice(person=None, school=untold.school, subject="wifi", held_on=TODAY, now=TEN)
    facts = {"person": None, "school": untold.school, "now": TEN, "state": "deployed", "delivery_ref": "BL"}
    *_, untold.carried = inventory.receive_assets(items=[deck_cart(1)], **facts)
    (untold.fixed,) = inventory.receive_assets(
        items=[Delivered(Kind.ACCESS_POINT, "Borne murale")], room=untold.other_room, **facts
    )
    return untold


@pytest.fixture
def morning(monkeypatch):
    """Pages are asked at ten, whatever the hour the tests run at."""
    for module in (teaching, steering, hook, boards):
        monkeypatch.setattr(module, "now", lambda: TEN)
