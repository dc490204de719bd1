"""Families with an address, whose jobs run when the test says; two canteens."""

import pytest

from preau.people.models import Mandate, Role
from preau.schools.models import Activity, ActivityEnrolment
from tests.notify.conftest import held, mailed
from tests.world import BEFORE, add_person

__all__ = ["held", "mailed"]


@pytest.fixture
def canteens(world):
    """Adam eats at the Tilleuls; Two-two, of another school, at the Saules. Another manager keeps that site."""
    saules = Activity.objects.create(afterschool=world.afterschools["saules"], kind=Activity.Kind.CANTEEN)
    said = {"child": world.people["child_two_two"], "days": "4", "starts_on": BEFORE}
    ActivityEnrolment.objects.create(activity=saules, **said)
    other = add_person(world, "site_manager_other")
    Mandate.objects.create(
        person=other, role=Role.SITE_MANAGER, afterschool=world.afterschools["saules"], starts_on=BEFORE
    )
    return world
