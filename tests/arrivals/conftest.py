"""A school with nothing in it, and the few words to bring files to it."""

import pytest
from django.test import Client
from django.utils import timezone

from preau.arrivals import actions
from preau.arrivals.reading import GUARDIANS, PUPILS, TEACHERS
from preau.places.models import City, Department, School
from tests.arrivals.onde_files import Family, Style, guardians_file, pupils_file, teachers_file


@pytest.fixture
def school(db):
    department = Department.objects.create(code="86", name="Vienne", academy="Poitiers")
    city = City.objects.create(name="Marelle", slug="marelle", department=department)
    return School.objects.create(name="École Vide", slug="vide", kind="primary", uai="0860009Z", city=city)


@pytest.fixture
def bring(school):
    """bring(pupils=bytes, guardians=bytes, teachers=bytes, **options) → Result"""

    def run(pupils=None, guardians=None, teachers=None, now=None, **options):
        given = ((PUPILS, pupils), (GUARDIANS, guardians), (TEACHERS, teachers))
        files = [actions.IncomingFile(f"{kind}.csv", data, kind) for kind, data in given if data is not None]
        return actions.apply_arrivals(school=school, files=files, now=now or timezone.now(), **options)

    return run


@pytest.fixture
def bring_family(bring):
    """bring_family(family, style) → Result, pupils and guardians in that style"""

    def run(family=None, generation=("22", "24"), teachers=None, **options):
        family = family or Family.sample()
        style = options.pop("style", {})
        return bring(
            pupils_file(family.children, Style(generation[0], **style)),
            guardians_file(family.adults, Style(generation[1], **style)),
            teachers_file(teachers) if teachers else None,
            **options,
        )

    return run


def numbers(result, kind):
    """(created, updated, unchanged, missing)"""
    counts = result.counts[kind]
    return tuple(counts[verb] for verb in ("created", "updated", "unchanged", "missing"))


@pytest.fixture
def client_of(world):
    """client_of("head") → a client signed in as this actor; client_of(None) is anybody"""
    return lambda name: world.sign_in(Client(), name)
