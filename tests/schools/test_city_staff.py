"""The Ville names its agents in its schools and ends their functions; it reads no class and nobody of the State's."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now

from preau.people.models import Mandate, Person, Role
from preau.people.queries import name_key
from preau.places.actions import add_school
from preau.places.models import School
from preau.schools.models import Function
from tests.world import TODAY


@pytest.fixture
def city(world, client):
    return world.sign_in(client, "city_education")


def address(name, thing):
    return reverse(f"schools:{name}", args=[thing.pk])


def held(world, name):
    return Mandate.objects.get(person=world.people[name])


def arrive(client, school, **changes):
    written = {"function": "atsem", "civility": "M.", "first_name": "Ugo", "last_name": "Billes"}
    return client.post(address("staff_new", school), written | {"starts_on": TODAY.isoformat()} | changes)


def test_from_its_own_page_the_city_reaches_each_school_and_sees_its_agents_alone(world, city):
    assert address("city_staff", world.cities["marelle"]) in city.get("/aujourdhui/").content.decode()
    page = city.get(address("city_staff", world.cities["marelle"])).content.decode()
    assert address("team", world.schools["tilleuls"]) in page and "1\u00a0agent<" in page and "Loin" not in page
    page = city.get(address("team", world.schools["tilleuls"])).content.decode()
    shown = {name for name, person in world.people.items() if f"<b>{person.full_name}</b>" in page}
    assert shown == {"atsem"}
    assert "Canari-classe" not in page
    assert "Canari-classe" not in city.get(address("staff_leaving", held(world, "atsem"))).content.decode()


def test_two_schools_of_one_name_are_told_apart_where_the_city_chooses_one(world, city):
    name, kinds = world.schools["tilleuls"].name, (School.Kind.NURSERY, School.Kind.ELEMENTARY)
    School.objects.filter(name=name).update(kind=kinds[0])
    add_school(person=None, slug="jumelle", name=name, city=world.cities["marelle"], kind=kinds[1], now=now())
    page = city.get(address("city_staff", world.cities["marelle"])).text
    assert f"{name}, maternelle</a>" in page and f"{name}, élémentaire</a>" in page


def test_the_city_names_an_agent_for_the_whole_school(world, city):
    page = arrive(city, world.schools["saules"]).content.decode()
    assert "Fiche de connexion" in page
    mandate = Mandate.objects.get(person__last_name="Billes")
    assert (mandate.role, mandate.place) == (Role.ATSEM, world.schools["saules"])
    assert "<b>Ugo Billes</b>" in city.get(address("team", world.schools["saules"])).content.decode()


@pytest.mark.parametrize("changes", [{"function": "teacher"}, {"function": "aesh"}, {"function": ""}])
def test_the_city_names_nobody_of_the_state_s(world, city, changes):
    answer = arrive(city, world.schools["tilleuls"], **changes)
    assert answer.status_code == 422 and 'value="Billes"' in answer.content.decode()
    assert not Person.objects.filter(last_name="Billes").exists()


def test_the_city_opens_no_class_list(world, city):
    assert 'name="room"' not in city.get(address("staff_new", world.schools["tilleuls"])).content.decode()
    arrive(city, world.schools["tilleuls"], function="atsem", room=str(world.classrooms["gs"].pk))
    assert Mandate.objects.get(person__last_name="Billes").classroom is None


def test_the_city_ends_its_agents_functions_and_takes_the_end_back(world, city):
    city.post(address("staff_leaving", held(world, "atsem")), {"on": TODAY.isoformat()})
    assert held(world, "atsem").ends_on == TODAY
    city.post(address("staff_leaving_taken_back", held(world, "atsem")))
    assert held(world, "atsem").ends_on is None


def test_nobody_else_of_the_city_nor_of_another_does_any_of_it(world, city):
    tilleuls, before = world.schools["tilleuls"], list(Mandate.objects.order_by("pk").values())
    for name in ("city_it", "city_finance", "elected", "city_education_far", "parents_federation", "dsden", "operator"):
        client = world.sign_in(Client(), name)
        assert client.get(address("city_staff", world.cities["marelle"])).status_code == 404, name
        assert client.get(address("team", tilleuls)).status_code == 404, name
        assert arrive(client, tilleuls).status_code == 404, name
        ended = client.post(address("staff_leaving", held(world, "atsem")), {"on": TODAY.isoformat()})
        assert ended.status_code == 404, name
    for name in ("teacher", "aesh", "head", "supply"):
        ended = city.post(address("staff_leaving", held(world, name)), {"on": TODAY.isoformat()})
        assert ended.status_code == 404, name
    assert city.get(address("team", world.schools["loin"])).status_code == 404
    assert list(Mandate.objects.order_by("pk").values()) == before


def test_the_page_of_a_large_city_costs_the_same(world, city, django_assert_max_num_queries):
    for number in range(60):
        name = f"École {number}"
        School.objects.create(
            city=world.cities["marelle"], name=name, slug=name_key(name).replace(" ", "-"), kind="primary"
        )
    for url in (address("city_staff", world.cities["marelle"]), address("team", world.schools["tilleuls"])):
        with django_assert_max_num_queries(10):
            assert city.get(url).status_code == 200


def test_every_function_is_named_by_somebody(world):
    from preau.schools.rules import functions_named_by

    school = world.schools["tilleuls"]
    named = {n: functions_named_by(p, school, TODAY) for n, p in world.people.items()}
    assert {n: set(found) for n, found in named.items() if found} == {
        "head": set(Function),
        "city_education": {Function.ATSEM},
    }
