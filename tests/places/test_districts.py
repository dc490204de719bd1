"""A school and the circonscription that follows it."""

from django.utils.timezone import now

from preau.journal.models import Entry
from preau.places import actions


def test_a_school_is_attached_to_a_district(world):
    school = actions.attach_to_district(
        person=world.people["operator"], school=world.schools["saules"], district=world.districts["north"], now=now()
    )
    assert school.district == world.districts["north"]
    line = Entry.objects.get(verb="school_attached_to_district")
    assert (line.object_id, line.fields) == (school.pk, ["district"])
