"""A school with nothing in it, and the few words to bring files to it."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
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


@pytest.fixture
def own_files(settings, tmp_path):
    settings.STORAGES = settings.STORAGES | {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}}
    }
    return tmp_path


@pytest.fixture
def desk(world, client_of, own_files):
    """desk("start") → address in the school of the samples; desk.client is its head."""

    class Desk:
        client = client_of("head")
        school = world.schools["tilleuls"]

        def __call__(self, name, **kwargs):
            return reverse(f"arrivals:{name}", kwargs={"school_id": self.school.pk} | kwargs)

        def drop(self, *files, names=()):
            names = names or [f"fichier-{number}.csv" for number in range(len(files))]
            given = [SimpleUploadedFile(name, data) for name, data in zip(names, files, strict=True)]
            form = {"files": given, "school_year": world.classrooms["cpb"].school_year}
            answer = self.client.post(self("start"), form)
            assert answer.status_code == 302, answer.text
            return answer["Location"]

        def seen(self, address):
            return self.client.get(address).context["seen"]

        def apply(self, address, **options):
            data = {"seen": self.seen(address + ("?" + "&".join(f"{k}=1" for k in options) if options else ""))}
            return self.client.post(f"{address}application/", data | options)

    return Desk()
