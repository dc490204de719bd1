"""« Fin de fonction »: the operator ends what the operator names, and nobody else does (trust.md R14)."""

import datetime

import pytest
from django.test import Client
from django.urls import reverse

from preau.journal.models import Entry
from preau.people.models import Mandate
from tests.world import TODAY

DAY = datetime.timedelta(days=1)
NAMED = ("head", "city_education", "city_it", "elected", "parents_federation", "ien", "erun", "dsden", "dan", "trainer")


@pytest.fixture
def operator(world, client):
    return world.sign_in(client, "operator")


def held(world, name):
    return Mandate.objects.get(person=world.people[name])


def end(world, name):
    return reverse("base_function_end", args=[held(world, name).pk])


def taken_back(world, name):
    return reverse("base_function_end_taken_back", args=[held(world, name).pk])


@pytest.mark.parametrize("name", NAMED)
def test_whoever_is_named_from_the_base_has_an_end_of_function(world, operator, name):
    assert end(world, name) in operator.get(reverse("base")).content.decode()
    assert world.people[name].full_name in operator.get(end(world, name)).content.decode()
    operator.post(end(world, name), {"on": TODAY.isoformat()})
    assert held(world, name).ends_on == TODAY
    page = operator.get(reverse("base")).content.decode()
    assert "jusqu’au" in page and taken_back(world, name) in page and f'href="{end(world, name)}"' not in page


def test_the_rights_of_a_head_stop_with_the_day_and_at_once_with_yesterday_s(world, operator, time_machine):
    url = reverse("schools:school", args=[world.schools["tilleuls"].pk])
    head = world.sign_in(Client(), "head")
    operator.post(end(world, "head"), {"on": TODAY.isoformat()})
    assert head.get(url).status_code == 200
    operator.post(taken_back(world, "head"))
    operator.post(end(world, "head"), {"on": (TODAY - DAY).isoformat()})
    assert head.get(url).status_code == 302
    assert not world.account("head").sign_ins.filter(ended_at=None).exists()
    ien = world.sign_in(Client(), "ien")
    operator.post(end(world, "ien"), {"on": TODAY.isoformat()})
    assert ien.get(reverse("desk:home")).status_code == 200
    time_machine.move_to(datetime.datetime.combine(TODAY + DAY, datetime.time(0, 5)))
    assert ien.get(reverse("desk:home")).status_code == 302


def test_the_page_says_who_is_the_last_in_a_role(world, operator):
    assert "nommez qui prend la suite" in operator.get(end(world, "head")).content.decode()
    Mandate.objects.create(
        person=world.people["teacher"], role="school_head", school=world.schools["tilleuls"], starts_on=TODAY
    )
    assert "nommez qui prend la suite" not in operator.get(end(world, "head")).content.decode()


def test_an_end_to_come_is_taken_back_and_both_are_in_the_journal(world, operator, time_machine):
    operator.post(end(world, "city_it"), {"on": (TODAY + 20 * DAY).isoformat()})
    assert held(world, "city_it").ends_on == TODAY + 20 * DAY
    operator.post(taken_back(world, "city_it"))
    operator.post(taken_back(world, "city_it"))  # a double click is one act
    assert held(world, "city_it").ends_on is None
    lines = Entry.objects.filter(object_id=held(world, "city_it").pk).order_by("at", "id")
    assert [(line.verb, line.actor_id) for line in lines] == [
        ("end_mandate", world.people["operator"].pk),
        ("take_back_end", world.people["operator"].pk),
    ]
    operator.post(end(world, "city_it"), {"on": TODAY.isoformat()})
    time_machine.move_to(datetime.datetime.combine(TODAY + DAY, datetime.time(9)))
    assert world.sign_in(Client(), "operator").post(taken_back(world, "city_it")).status_code == 404


@pytest.mark.parametrize("on", ["", "hier", str(TODAY - 61 * DAY), str(TODAY + 400 * DAY)])
def test_a_bad_day_is_said_and_nothing_changes(world, operator, on):
    answer = operator.post(end(world, "dsden"), {"on": on})
    assert answer.status_code == 422 and f'value="{on}"' in answer.content.decode() or not on
    assert held(world, "dsden").ends_on is None


def test_the_operator_ends_nobody_of_a_team(world, operator):
    for name in ("teacher", "aesh", "canteen", "supply"):
        assert operator.post(end(world, name), {"on": TODAY.isoformat()}).status_code == 404
        assert operator.post(taken_back(world, name)).status_code == 404


def test_nobody_else_ends_a_function_from_the_base(world):
    before = list(Mandate.objects.order_by("pk").values())
    for name in filter(None, world.actors()):
        if name in ("operator", "suspended"):
            continue
        client = world.sign_in(Client(), name)
        for url in (end(world, "head"), end(world, "city_education")):
            assert client.post(url, {"on": TODAY.isoformat()}).status_code == 403, name
        assert client.post(taken_back(world, "head")).status_code == 403, name
    assert list(Mandate.objects.order_by("pk").values()) == before
