"""The two demo cities, built by the demo's own builder: what visitors read is what the checks read."""

import datetime

import pytest
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.timezone import now as clock

from preau.demo.plan_world import build_poitiers
from preau.kit.tables import read_table
from preau.people.models import Mandate, Person, Role
from preau.places import actions as places
from preau.places.models import City, School
from preau.plan.equipment import queries
from tests.commune import build_commune

NOW = clock()
TODAY = localdate(NOW)


@pytest.fixture(autouse=True)
def any_day(request):
    """Unless a test asks for the true calendar."""
    if "calendar" not in request.fixturenames:
        request.getfixturevalue("no_holidays")


@pytest.fixture
def agent(db):
    """The Direction Éducation and the IT of a small city; of which, the city fixture says."""
    return Person.objects.create(first_name="Agathe", last_name="Bureau")


def make_city(name, person, **fields):
    vienne = places.add_department(person=None, code="86", name="Vienne", academy="Poitiers", now=NOW)
    city = places.add_city(person=None, name=name, department=vienne, now=NOW, **fields)
    for role in (Role.CITY_EDUCATION, Role.CITY_IT):
        Mandate.objects.create(person=person, role=role, city=city, starts_on=TODAY - datetime.timedelta(days=9))
    return city


@pytest.fixture
def commune(agent) -> City:
    city = make_city("Sainte-Marelle (fictive)", agent, slug="sainte-marelle", is_fictitious=True)
    build_commune(city=city, person=Person.objects.get(), now=NOW)  # read again: mandates are remembered
    return city


@pytest.fixture
def poitiers(agent) -> City:
    city = make_city("Poitiers", agent)
    build_poitiers(city=city, person=Person.objects.get(), now=NOW)
    return city


def situation(city, on=TODAY):
    return queries.situation_of(School.objects.filter(city=city), on)


@pytest.fixture
def take(world, client):
    """take(actor, address, *args) → the table's lines, or the status when it is not there"""

    def take(name, address, *args, extension="csv", query=""):
        client.logout()
        world.sign_in(client, name)
        answer = client.get(reverse(address, args=[*args, extension]) + query)
        if answer.status_code != 200:
            return answer.status_code
        table = read_table(f"t.{extension}", answer.content)
        return [tuple(table.header), *(tuple(line.cells) for line in table.rows)]

    return take
