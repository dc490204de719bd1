"""Whether a decision restricts a guardian is asked of each link that is read."""

import pytest
from django.db import connection

from preau.schools.models import Guardianship
from tests.world import TODAY

pytestmark = pytest.mark.django_db


def test_a_decision_is_found_by_its_own_index(world):
    """It holds for the two persons, whatever the row it was written on. An « ASE » answers for hundreds of children: by
    the index of guardians, the links of all of them were gone through for each."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")  # the tables of a test are too short for an index
    reached = Guardianship.objects.reached(TODAY).filter(child=world.people["child_adam"])
    assert "guardianship_restricted" in reached.explain()
    one = Guardianship.objects.get(guardian=world.people["guardian"], child=world.people["child_adam"])
    assert one in reached
    written = {"starts_on": world.before, "ends_on": world.before, "restricted_on": TODAY}
    Guardianship.objects.create(guardian=one.guardian, child=one.child, restriction_reference="JAF 26/1", **written)
    assert one not in reached.all()
