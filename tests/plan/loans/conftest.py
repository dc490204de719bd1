"""A city that lends two cases of connected objects."""

import pytest
from django.utils.timezone import now as clock

from preau.plan.loans import actions
from preau.plan.loans.models import SharedKit, half_day_number
from tests.kept import kept
from tests.plan.days import next_monday
from tests.world import TODAY

OBJECTS = SharedKit.Kind.CONNECTED_OBJECTS
MONDAY = next_monday(TODAY)


def add_kits(city, count=2):
    return [
        actions.add_kit(
            person=None,
            city=city,
            kind=OBJECTS,
            name=f"Malle {number}",
            now=clock(),
            parts=[("robots", 6), ("tablettes", 2)],
        )
        for number in range(1, count + 1)
    ]


def ask(school, first=0, last=1, *, person=None, activity="Programmer un robot"):
    """Half-days counted from next Monday's morning."""
    start = half_day_number(MONDAY, 0)
    return actions.ask_for_kit(
        person=person,
        school=school,
        kind=OBJECTS,
        first=start + first,
        last=start + last,
        activity=activity,
        now=clock(),
    )


@pytest.fixture
@kept
def lending(world):
    world.kits = add_kits(world.cities["marelle"])
    return world
