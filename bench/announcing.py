"""What does one announcement to a whole city cost, and one to the families of its canteens? Publishing, flat; then the
list of who is expected, by a job.

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
EATS = 2  # one child in so many is put down for the canteen
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
    rows, eaters = many["rows"] / many["guardians"], many["canteens"]["rows"] * EATS / many["guardians"]
    few_canteens, canteens = few["canteens"], many["canteens"]
    return {
        "few": few,
        "many": many,
        "reach": [
            ("publishing < 1 s", f"{many['publish_ms']} ms", many["publish_ms"] / 1000),
            ("as many queries as for few", f"{many['queries']} / {few['queries']}", many["queries"] / few["queries"]),
            ("a row for each guardian, no more", f"{many['rows']}", max(rows, 1 / rows)),
            ("publishing to canteens < 1 s", f"{canteens['publish_ms']} ms", canteens["publish_ms"] / 1000),
            (
                "two queries more at most for all canteens than for few: their rows are written by slices",
                f"{canteens['queries']} / {few_canteens['queries']}",
                canteens["queries"] / (few_canteens["queries"] + 2),
            ),
            ("a row for each guardian of a canteen", f"{canteens['rows']}", max(eaters, 1 / eaters)),
        ],
    }


def measure(number, guardians) -> dict:
    """One city of so many guardians, one child each."""
    person, city = fill(number, guardians)
    whole, canteens = publish(person, city), publish(person, city, service="canteen")
    return {"guardians": guardians} | whole | {"canteens": canteens}


def publish(person, city, **more) -> dict:
    """Written, confirmed, published, its list made."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext
    from django.utils import timezone

    from preau.ent.announcements import actions, queries
    from preau.notify import actions as notify
    from preau.notify.models import Expected, Notice

    now = timezone.now()
    said = more | {"title": "Pas de cantine", "text": "Un pique-nique jeudi.", "level": "info", "readers": "families"}
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
        "publish_ms": round(published * 1000, 1),
        "queries": len(captured),
        "freeze_s": round(time.perf_counter() - start, 1),
        "rows": Expected.objects.filter(notice=notice).count(),
    }


def fill(number, guardians):
    """(who speaks for the city, the city)"""
    from django.utils import timezone

    from preau.people.models import Mandate, Person, Role
    from preau.places.models import AfterSchool, City, Department, School
    from preau.schools.models import Activity, ActivityEnrolment, Enrolment, Guardianship

    today = timezone.localdate()
    department, _ = Department.objects.get_or_create(code="86", name="Vienne", academy="Poitiers")
    city = City.objects.create(name=f"Banc {number}", slug=f"banc{number}", department=department, is_fictitious=True)
    person = Person.objects.create(first_name="Odile", last_name=f"Banc{number}")
    Mandate.objects.create(person=person, role=Role.CITY_EDUCATION, city=city, starts_on=today)
    schools = [
        School.objects.create(name=f"École {number} {each}", slug=f"e{number}-{each}", kind="primary", city=city)
        for each in range(max(guardians // CHILDREN, 1))
    ]
    sites = [AfterSchool.objects.create(name=each.name, city=city, school=each) for each in schools]
    canteens = [Activity.objects.create(afterschool=site, kind=Activity.Kind.CANTEEN) for site in sites]
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
        ActivityEnrolment.objects.bulk_create(
            ActivityEnrolment(
                activity=canteens[(start + rank) % len(canteens)], child=child, days="1245", starts_on=today
            )
            for rank, child in enumerate(children)
            if rank % EATS == 0
        )
    return person, city


if __name__ == "__main__":
    main()
