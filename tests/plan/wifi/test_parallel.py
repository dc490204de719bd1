"""Twenty teachers press at the same instant: one window, nineteen refusals."""

import threading

import pytest
from django.db import connection

from preau.kit.answers import Conflict
from preau.places.models import Building, Room
from preau.plan.premises import actions as premises
from preau.plan.wifi import actions
from preau.plan.wifi.models import WifiWindow
from tests.plan.wifi.conftest import TEN
from tests.world import TODAY, build_world

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.long
def test_twenty_at_once_one_window():
    world = build_world()
    school = world.schools["tilleuls"]
    premises.record_notice(person=None, school=school, subject="wifi", held_on=TODAY, now=TEN)
    room = Room.objects.create(building=Building.objects.create(school=school, name="A"), name="1")
    start, refused = threading.Barrier(20), []

    def press():
        try:
            start.wait()
            actions.open_window(person=world.people["teacher"], room=room, activity="search", minutes=30, now=TEN)
        except Conflict:
            refused.append(1)
        finally:
            connection.close()

    threads = [threading.Thread(target=press) for _ in range(20)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert (WifiWindow.objects.count(), len(refused)) == (1, 19)
