"""What does one announcement to a whole city cost? Publishing, flat; then the list of who is expected, by a job.

Run by `bin/bench`; alone: `PYTHONPATH=src:. .venv/bin/python -m bench.announcing [--guardians 100000] [--quick]` prints
JSON. `reach` compares with what was promised: publishing < 1 s, as many queries for few as for many, every row there.
"""

import argparse
import datetime
import json
import tempfile
import time

from bench.arrivals import prepare

CHILDREN, CHUNK = 250, 5000  # in a school; rows written at once
FEW = 500


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--guardians", type=int, default=100_000)
    parser.add_argument("--quick", action="store_true", help="5,000 guardians only")
    options = parser.parse_args()
    most = 5000 if options.quick else options.guardians
    with tempfile.TemporaryDirectory(prefix="preau-bench-") as home:
        prepare(home)
        turns = [measure(number, guardians) for number, guardians in enumerate((FEW, most))]
    print(json.dumps(sum_up(*turns), indent=2, ensure_ascii=False))


def sum_up(few, many) -> dict:
    rows = many["rows"] / many["guardians"]
    return {
        "few": few,
        "many": many,
        "reach": [
            ("publishing < 1 s", f"{many['publish_ms']} ms", many["publish_ms"] / 1000),
            ("as many queries as for few", f"{many['queries']} / {few['queries']}", many["queries"] / few["queries"]),
            ("a row for each guardian, no more", f"{many['rows']}", max(rows, 1 / rows)),
        ],
    }


def measure(number, guardians) -> dict:
    """One city of so many guardians, one child each."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext
    from django.utils import timezone

    from preau.ent.announcements import actions, queries
    from preau.notify import actions as notify
    from preau.notify.models import Expected, Notice

    person, city = fill(number, guardians)
    now = timezone.now()
    said = {"title": "Pas de cantine", "text": "Un pique-nique jeudi.", "level": "info", "readers": "families"}
    written = actions.write_announcement(person=person, place=city, now=now, **said)
    told = queries.told_by(written, timezone.localdate(now)).high
    by = {"person": person, "announcement": written, "has_shown_factor": True}
    actions.confirm_sending(told_count=told, now=now - datetime.timedelta(minutes=1), **by)
    start = time.perf_counter()
    with CaptureQueriesContext(connection) as captured:
        actions.publish_due(now=now)
    published = time.perf_counter() - start
    notice = Notice.objects.get(publication=written.publication)
    start = time.perf_counter()
    notify.freeze(notice_id=notice.pk, now=now)
    return {
        "guardians": guardians,
        "publish_ms": round(published * 1000, 1),
        "queries": len(captured),
        "freeze_s": round(time.perf_counter() - start, 1),
        "rows": Expected.objects.filter(notice=notice).count(),
    }


def fill(number, guardians):
    """(who speaks for the city, the city)"""
    from django.utils import timezone

    from preau.people.models import Mandate, Person, Role
    from preau.places.models import City, Department, School
    from preau.schools.models import Enrolment, Guardianship

    today = timezone.localdate()
    department, _ = Department.objects.get_or_create(code="86", name="Vienne", academy="Poitiers")
    city = City.objects.create(name=f"Banc {number}", slug=f"banc{number}", department=department, is_fictitious=True)
    person = Person.objects.create(first_name="Odile", last_name=f"Banc{number}")
    Mandate.objects.create(person=person, role=Role.CITY_EDUCATION, city=city, starts_on=today)
    schools = [
        School.objects.create(name=f"École {number} {each}", slug=f"e{number}-{each}", kind="primary", city=city)
        for each in range(max(guardians // CHILDREN, 1))
    ]
    for start in range(0, guardians, CHUNK):
        count = min(CHUNK, guardians - start)
        children, adults = (
            [Person(first_name="A", last_name=f"{start + each}") for each in range(count)] for _ in "ab"
        )
        Person.objects.bulk_create(children + adults)
        Enrolment.objects.bulk_create(
            Enrolment(pupil=child, school=schools[(start + rank) % len(schools)], level="CP", starts_on=today)
            for rank, child in enumerate(children)
        )
        Guardianship.objects.bulk_create(
            Guardianship(guardian=adult, child=child, starts_on=today)
            for adult, child in zip(adults, children, strict=True)
        )
    return person, city


if __name__ == "__main__":
    main()
