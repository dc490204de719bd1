"""Upgrade of a base of before: city staff told apart by a title become ATSEM, animators, restauration."""

from importlib import import_module

import pytest
from django.apps import apps

from preau.people.models import Mandate, Role
from preau.places.models import AfterSchool
from tests.world import BEFORE, TODAY

MIGRATION = import_module("preau.people.migrations.0017_city_agents")


@pytest.mark.parametrize(
    "title, kind, role, leaves",
    [
        ("ATSEM", "classroom", Role.ATSEM, False),
        ("ATSEM", "school", Role.ATSEM, False),
        ("animatrice périscolaire", "school", Role.ANIMATOR, True),
        ("animateur périscolaire", "classroom", Role.ANIMATOR, True),
        ("équipe de restauration", "school", Role.CATERING, True),
        ("", "classroom", Role.ATSEM, False),  # unknown words: who was in a class stays in it
        ("gardien", "school", Role.CATERING, True),  # what opens least
    ],
)
def test_a_title_becomes_a_role_in_its_place(world, title, kind, role, leaves):
    place = {"classroom": world.classrooms["cpb"], "school": world.schools["tilleuls"]}[kind]
    held = {"role": "school_city_staff", "title": title, "starts_on": BEFORE, "ends_on": TODAY, kind: place}
    mandate = Mandate.objects.create(person=world.people["atsem"], **held)
    MIGRATION.convert(apps, None)
    mandate.refresh_from_db()
    assert mandate.role == role and mandate.ends_on == TODAY
    assert mandate.place == (world.afterschools["tilleuls"] if leaves else place)
    assert mandate.title == ("gardien" if title == "gardien" else "")


def test_a_school_without_a_site_is_given_one_of_its_name(world):
    school = world.schools["saules"]
    world.afterschools["saules"].delete()
    for title in ("agent de restauration", "animateur périscolaire"):
        Mandate.objects.create(
            person=world.people["canteen"], role="school_city_staff", title=title, starts_on=BEFORE, school=school
        )
    MIGRATION.convert(apps, None)
    (site,) = AfterSchool.objects.filter(school=school)
    assert site.city == school.city and school.name in site.name
    assert site.mandates.count() == 2 and not Mandate.objects.filter(role="school_city_staff").exists()
