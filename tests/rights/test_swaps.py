"""An id of another city, gone, a bit away, drawn or malformed is answered as what does not exist (trust.md T3)."""

import pytest
from django.db import transaction
from django.test import Client

from tests.rights.full import fill_whole, other_city
from tests.rights.swaps import CITY_OF_FAR, EVERYWHERE, routes_of, swaps
from tests.standing import standing
from tests.world import build_world

pytestmark = pytest.mark.matrix
FEW = ["guardian", "pupil_cm2", "head", "ien"]


@pytest.fixture(scope="module")
def two_cities(django_db_setup, django_db_blocker):
    """(the world, its values, those of the other city, those that were there and are no more)."""
    with standing(django_db_blocker):
        world = build_world()
        own, far = fill_whole(world), other_city(world)
        with transaction.atomic():
            gone = fill_whole(far)
            transaction.set_rollback(True)
        yield world, own, fill_whole(far), gone


def check(two_cities, actor):
    world, own, far, gone = two_cities
    client = world.sign_in(Client(raise_request_exception=False), actor)
    asked, wrong = 0, []
    for method, name, path in routes_of(actor):
        number, faults = swaps(client, actor, method, name, path, own, far, gone)
        asked, wrong = asked + number, wrong + faults
    print(f"{actor}: {asked} ids swapped")
    return wrong


@pytest.mark.parametrize("actor", FEW)
def test_a_foreign_id_is_answered_as_nothing(two_cities, db, actor):
    assert check(two_cities, actor) == []


@pytest.mark.corpora
def test_a_foreign_id_is_answered_as_nothing_to_each_actor(two_cities, db):
    world = two_cities[0]
    left = [a for a in world.actors() if a and a not in CITY_OF_FAR | EVERYWHERE | set(FEW)]
    assert [fault for actor in left for fault in check(two_cities, actor)] == []
