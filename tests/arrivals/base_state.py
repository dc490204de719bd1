"""Run in a process of its own by the kill tests: prepares a base, or says what it holds.

python -m tests.arrivals.base_state prepare | look | finish PUPILS GUARDIANS
"""

import json
import os
import sys
from pathlib import Path

SCHOOL = "0860009Z"


def main(word, *paths):
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
    import django

    django.setup()
    {"prepare": prepare, "look": look, "finish": finish}[word](*paths)


def prepare():
    """An empty school in a fresh base."""
    from django.core.management import call_command

    from preau.places.models import City, Department, School

    call_command("migrate", verbosity=0)
    department = Department.objects.create(code="86", name="Vienne", academy="Poitiers")
    city = City.objects.create(name="Marelle", slug="marelle", department=department)
    School.objects.create(name="École Vide", slug="vide", kind="primary", uai=SCHOOL, city=city)


def look():
    """Prints the digest, and what it says without identifiers (two imports never draw the same ones)."""
    from preau.kit.digest import business_digest

    print(json.dumps({"digest": business_digest(), "words": words()}))


def finish(pupils, guardians):
    """Prints the same as `look`, then brings the files (again): the rows written, and the words after."""
    from django.utils import timezone

    from preau.arrivals import actions
    from preau.kit.digest import business_digest
    from preau.places.models import School

    found = {"digest": business_digest(), "words": words()}
    files = [
        actions.IncomingFile(name, Path(path).read_bytes(), name)
        for name, path in (("pupils", pupils), ("guardians", guardians))
    ]
    result = actions.apply_arrivals(school=School.objects.get(uai=SCHOOL), files=files, now=timezone.now())
    print(json.dumps(found | {"written": len(result.comparison.writes), "words_after": words()}))


def words():
    """Everything the import writes, by names."""
    from preau.kit.digest import business_models
    from preau.people.models import Contact
    from preau.schools.models import Enrolment, Guardianship

    def listed(rows, *fields):
        return sorted(map(str, rows.values_list(*fields)))

    return {
        "counts": {model._meta.label: model._base_manager.count() for model in business_models()},
        "classes": listed(Enrolment.objects, "pupil__sort_key", "classroom__name", "level", "starts_on", "ends_on"),
        "links": listed(Guardianship.objects, "guardian__sort_key", "child__sort_key"),
        "contacts": listed(Contact.objects, "person__sort_key", "kind", "match_key"),
    }


if __name__ == "__main__":
    main(*sys.argv[1:])
