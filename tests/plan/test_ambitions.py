"""Ambitions: written by their city's Direction Éducation, read by all who work for its schools."""

import pytest

from preau.kit.answers import Refused
from preau.people.models import Person
from preau.plan.ambitions import actions, queries, rules
from preau.plan.ambitions.models import Ambition
from tests.plan.conftest import NOW, TODAY


def city_agent(world, name="city_education"):
    return Person.objects.get(pk=world.people[name].pk)


def test_the_axes_and_the_deck_s_four_come_with_their_source(world):
    city = world.cities["marelle"]
    made = actions.add_deck_ambitions(person=city_agent(world), city=city, now=NOW)
    assert [a.kind for a in queries.ambitions_of(city)] == ["peg_axis"] * 3 + ["plan"] * 4
    assert all(a.source for a in made)
    assert actions.add_deck_ambitions(person=city_agent(world), city=city, now=NOW) == []


def test_two_with_the_same_words_have_two_codes(world):
    city = world.cities["marelle"]
    for _ in range(2):
        actions.add_ambition(person=None, city=city, label="Équité", kind="plan", source="x", now=NOW)
    assert [(a.code, a.position) for a in queries.ambitions_of(city)] == [("equite", 1), ("equite-2", 2)]


def test_a_retired_ambition_is_no_longer_proposed_and_comes_back(world):
    city = world.cities["marelle"]
    ambition = actions.add_ambition(person=None, city=city, label="x", kind="plan", source="x", now=NOW)
    actions.retire_ambition(person=city_agent(world), ambition=ambition, now=NOW)
    assert not queries.ambitions_of(city).exists() and queries.every_ambition_of(city).exists()
    actions.restore_ambition(person=city_agent(world), ambition=ambition, now=NOW)
    assert queries.ambitions_of(city).exists()


@pytest.mark.parametrize("name", ["city_it", "dsden", "head", "city_education_far", "guardian"])
def test_no_one_else_writes_them(world, name):
    with pytest.raises(Refused):
        actions.add_ambition(
            person=city_agent(world, name), city=world.cities["marelle"], label="x", kind="plan", source="x", now=NOW
        )
    assert not Ambition.objects.exists()


@pytest.mark.parametrize("name, sees", [
    ("teacher", True), ("head", True), ("ien", True), ("dan", True), ("elected", True), ("parents_federation", True),
    ("trainer", True), ("ien_other", False), ("head_far", False), ("city_education_far", False), ("guardian", False),
])  # fmt: skip
def test_those_of_the_place_read_them(world, name, sees):
    actions.add_deck_ambitions(person=None, city=world.cities["marelle"], now=NOW)
    assert rules.ambitions_visible_to(city_agent(world, name), TODAY).exists() is sees


def test_the_page_adds_retires_and_brings_back(world, client):
    world.sign_in(client, "city_education")
    given = {"label": "Associer les familles", "kind": "plan", "source": "Conseil municipal"}
    assert client.post("/plan/ambitions/ajout/", {**given, "source": ""}).status_code == 422
    assert client.post("/plan/ambitions/ajout/", given).status_code == 302
    ambition = Ambition.objects.get()
    for path, state in (("retrait", "retirée le"), ("retour", "en cours")):
        assert client.post(f"/plan/ambitions/{ambition.pk}/{path}/").status_code == 302
        assert state in client.get("/plan/ambitions/").content.decode()


def test_the_page_of_another_city_does_not_exist(world, client):
    actions.add_deck_ambitions(person=None, city=world.cities["ailleurs"], now=NOW)
    ambition = Ambition.objects.first()
    world.sign_in(client, "city_education")
    assert client.get("/plan/ambitions/?ville=ailleurs").status_code == 404
    assert client.post(f"/plan/ambitions/{ambition.pk}/retrait/").status_code == 404
    world.sign_in(client, "dsden")
    assert client.get("/plan/ambitions/ajout/").status_code == 403
