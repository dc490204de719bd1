"""The départements of France: each has an academy, and each academy its zone, but Corse and overseas."""

from importlib import import_module

import pytest
from django.apps import apps

from preau.places.models import Department
from preau.places.queries import ZONES, departments_of_france, zone_of

OWN_CALENDAR = {"Corse", "Guadeloupe", "Martinique", "Guyane", "La Réunion", "Mayotte"}


def test_each_has_an_academy_of_a_zone_but_corse_and_overseas():
    known = departments_of_france().values()
    academies = {one.academy for one in known}
    assert len(known) == 101 and {academy for academy in academies if zone_of(academy) is None} == OWN_CALENDAR
    assert academies - OWN_CALENDAR == {academy for zone in ZONES.values() for academy in zone}


@pytest.mark.django_db
def test_an_academy_once_typed_amiss_is_corrected_by_the_code():
    amiss = Department.objects.create(code="35", name="Ille-et-Vilaine", academy="Renne")
    invented = Department.objects.create(code="99X", name="Ailleurs", academy="Lointaine")
    import_module("preau.places.migrations.0009_academies_by_code").correct(apps, None)
    assert [Department.objects.get(pk=one.pk).academy for one in (amiss, invented)] == ["Rennes", "Lointaine"]
