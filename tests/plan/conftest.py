"""What the plan's rooms share: the hour, a city's situation, a table taken away."""

import pytest
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.timezone import now as clock

from preau.kit.tables import read_table
from preau.places.models import School
from preau.plan.equipment import queries

NOW = clock()
TODAY = localdate(NOW)


@pytest.fixture(autouse=True)
def any_day(request):
    """Unless a test asks for the true calendar."""
    if "calendar" not in request.fixturenames:
        request.getfixturevalue("no_holidays")


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
