"""What names somebody else's row, in an address or in a form, is answered as what does not exist (trust.md T3)."""

from collections import Counter

import pytest
import time_machine
from django.db import transaction
from django.test import Client
from django.utils.timezone import now

from tests.rights.full import fill_neighbour, fill_whole, other_city
from tests.rights.posted import exchanged, fault_of, forms_reached, post, rows_by_id, somebody_else, unlike
from tests.rights.swaps import CITY_OF_FAR, EVERYWHERE, Values, routes_of, swaps
from tests.rights.turns import KINDS, drawn
from tests.standing import standing
from tests.world import build_world

pytestmark = pytest.mark.matrix
ONLY_COOKIES = {"reading"}  # how pages look, on one device: its forms write no row
MANY = 10


@pytest.fixture(scope="module")
def two_cities(django_db_setup, django_db_blocker):
    """(the world, its values and the foreign ones, {id: table} of every row, {table: an id of the other city})."""
    with standing(django_db_blocker):
        world = build_world()
        own, near, ours = fill_whole(world), fill_neighbour(world), rows_by_id()
        city = other_city(world)
        with transaction.atomic():
            gone = fill_whole(city)
            transaction.set_rollback(True)
        values = Values(own, fill_whole(city), gone, near)
        known = rows_by_id()
        yield world, values, known, {model: pk for pk, model in known.items() if pk not in ours}


def of_marelle(world):
    """The actors to whom the other city is foreign, but who no longer enters: they are nobody."""
    return [actor for actor in world.actors() if actor and actor not in CITY_OF_FAR | EVERYWHERE | {"suspended"}]


def check(two_cities, actor):
    """What is wrong with the answers to the addresses that the person reaches, each id exchanged."""
    world, values, *_ = two_cities
    client = world.sign_in(Client(raise_request_exception=False), actor)
    asked, wrong = 0, []
    for method, name, path in routes_of(actor):
        number, faults = swaps(client, actor, method, name, path, values)
        asked, wrong = asked + number, wrong + faults
    print(f"{actor}: {asked} ids exchanged in addresses")
    return wrong


@pytest.mark.parametrize("kind", KINDS, ids="-".join)
def test_a_foreign_id_is_answered_as_nothing(two_cities, db, kind, day):
    assert check(two_cities, drawn(of_marelle(two_cities[0]), day, *kind)) == []


@pytest.mark.corpora
def test_a_foreign_id_is_answered_as_nothing_to_each_actor(two_cities, db):
    assert [fault for actor in of_marelle(two_cities[0]) for fault in check(two_cities, actor)] == []


def check_forms(two_cities, actor):
    """What a form writes for an id that is not the person's, or for a field that it does not have."""
    world, values, known, foreign = two_cities
    wrong, counts = [], Counter()
    with time_machine.travel(now(), tick=False):
        client = world.sign_in(Client(raise_request_exception=False), actor)
        for route, address, data in forms_reached(client, actor, values.own):
            status, written, _ = post(client, address, data, known)
            more, added, _ = post(client, address, somebody_else(foreign) | data, known)
            if max(status, more) >= 500 or added != written:
                wrong.append(f"{route} to {actor}: {status} then {more}, {unlike(written, added)}")
            counts.update(forms=route not in ONLY_COOKIES, accepted=bool(written))
            for field, what, changed in exchanged(data, known, foreign):
                counts.update(ids=1)
                if fault := fault_of(*post(client, address, changed, known)):
                    wrong.append(f"{route} to {actor}, {field} {what}: {fault}")
    print(actor, dict(counts))
    return wrong, counts


@pytest.mark.parametrize("kind", KINDS, ids="-".join)
def test_a_form_writes_nothing_for_a_foreign_id_nor_for_a_field_it_has_not(two_cities, db, kind, day):
    wrong, counts = check_forms(two_cities, drawn(of_marelle(two_cities[0]), day, *kind))
    assert wrong == []
    # Filled in well enough for what is exchanged to matter; who has a handful of forms says little of it.
    assert counts["forms"] < MANY or counts["accepted"] > counts["forms"] / 2


@pytest.mark.corpora
def test_a_form_writes_nothing_foreign_for_each_actor(two_cities, db):
    assert [fault for actor in of_marelle(two_cities[0]) for fault in check_forms(two_cities, actor)[0]] == []
