"""How long does a city's arrival take? 45 schools, 6,300 pupils, 11,000 guardians, on SQLite, beside `bulk_create`.

Run by `bin/bench`; alone: `PYTHONPATH=src:. .venv/bin/python -m bench.arrivals [--schools 45] [--quick]` prints JSON.
`reach` compares with what was promised: ≤ 1 ms of CPU a person, time a row flat from 5 to 45 schools, lock ≤ 3 s.
"""

import argparse
import datetime
import itertools
import json
import os
import random
import shutil
import sys
import tempfile
import time
from pathlib import Path

PUPILS, GUARDIANS = 140, 244  # a school
FIRSTS = [
    a + b
    for a in ("Li", "Ma", "No", "Za", "Té", "Ro", "Ka", "Su", "Ju", "É", "An", "Ol")
    for b in ("na", "lo", "é", "mi", "ra", "ël", "sa", "tan", "lie", "ko")
]
LASTS = [
    a + b + c
    for a in ("Bal", "Cer", "Tou", "Mar", "Pla", "Gri", "Vol", "Bil")
    for b in ("lon", "ce", "pi", "to", "ne", "la")
    for c in ("", "au", "ette", "ier", "in", "et")
]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--schools", type=int, default=45)
    parser.add_argument("--quick", action="store_true", help="10 schools only")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="preau-bench-") as home:
        prepare(home)
        print(json.dumps(measure(10 if options.quick else options.schools), indent=2, ensure_ascii=False))


def prepare(home, address=""):
    """An empty base of its own, at this address or an SQLite; its tables are those that the tests of .ci/run kept, when
    it runs."""
    kept = Path(os.environ.get("TESTS_KEPT", "none"), "migrated", "preau.sqlite3")
    if kept.exists():
        shutil.copy(kept, home)
    os.environ |= {"PREAU_HOME": home, "DJANGO_SETTINGS_MODULE": "config.settings.base", "PREAU_DATABASE_URL": address}
    os.environ.setdefault("PREAU_SECRET_KEY", "bench-only-" + "0123456789" * 5)
    sys.path[:0] = ["src", "."]
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)


def measure(schools_count) -> dict:
    from preau.places.models import City, Department, School

    department = Department.objects.create(code="86", name="Vienne", academy="Poitiers")
    city = City.objects.create(name="Banc", slug="banc", department=department, is_fictitious=True)
    turns = []
    for number in range(schools_count):
        school = School.objects.create(name=f"École {number}", slug=f"e{number}", kind="primary", city=city)
        turns.append(one_school(school, make_files(number)))
    again = one_school(school, make_files(schools_count - 1), plain=False)
    total = sum_up(turns)
    first, last = sum_up(turns[:5]), sum_up(turns[-5:])
    growth = last["cpu_ms_per_row"] / first["cpu_ms_per_row"]
    return {
        "schools": schools_count,
        "all": total,
        "first_five": first,
        "last_five": last,
        "same_files_again_last_school": {key: again[key] for key in ("cpu_ms", "rows", "lock_ms", "queries")},
        "reach": [
            ("≤ 1 ms CPU a person", f"{total['cpu_ms_per_person']} ms", total["cpu_ms_per_person"]),
            # CPU, not wall: what else the machine does is no part of the growth.
            ("CPU a row, last five schools ≤ 1.2 × the first five", f"{growth:.2f} ×", growth / 1.2),
            ("longest write lock ≤ 3 s", f"{total['longest_lock_ms']} ms", total["longest_lock_ms"] / 3000),
        ],
    }


def one_school(school, files, *, plain=True) -> dict:
    """The same rows by `bulk_create` (rolled back), then the real import."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext
    from django.utils import timezone

    from preau.arrivals import actions
    from preau.arrivals.reading import read_file

    plain_ms = plain_rows(school, files) if plain else 0
    started, cpu = time.perf_counter(), time.process_time()
    for file in files:
        read_file(file.name, file.data, expected=file.kind)
    reading = time.perf_counter() - started
    started, cpu = time.perf_counter(), time.process_time()
    result = actions.apply_arrivals(school=school, files=files, now=timezone.now())
    cpu, wall = time.process_time() - cpu, time.perf_counter() - started
    assert not result.refused and not result.to_decide, (result.problems, result.to_decide)
    with CaptureQueriesContext(connection) as queries:
        actions.apply_arrivals(school=school, files=files, now=timezone.now(), dry_run=True)
    persons = sum(result.counts[kind][verb] for kind in ("pupils", "guardians") for verb in ("created", "unchanged"))
    return {
        "persons": persons,
        "rows": len(result.comparison.writes),
        "cpu_ms": round(cpu * 1000, 1),
        "wall_ms": wall * 1000,
        "lock_ms": round((wall - reading) * 1000, 1),
        "plain_cpu_ms": plain_ms,
        "queries": len(queries),
    }


def plain_rows(school, files) -> float:
    """CPU of writing the very same rows with `bulk_create` and nothing else."""
    from django.db import transaction
    from django.utils import timezone

    from preau.arrivals import actions

    result = actions.apply_arrivals(school=school, files=files, now=timezone.now(), dry_run=True)
    cpu = time.process_time()
    with transaction.atomic():
        kind = lambda write: type(write.row)  # noqa: E731
        order = list(dict.fromkeys(map(kind, result.comparison.writes)))
        writes = sorted(result.comparison.writes, key=lambda write: order.index(kind(write)))
        for model, group in itertools.groupby(writes, kind):
            model.objects.bulk_create([write.row for write in group], batch_size=400)
        transaction.set_rollback(True)
    return (time.process_time() - cpu) * 1000


def sum_up(turns) -> dict:
    persons, rows = sum(t["persons"] for t in turns), sum(t["rows"] for t in turns)
    cpu, plain = sum(t["cpu_ms"] for t in turns), sum(t["plain_cpu_ms"] for t in turns)
    return {
        "persons": persons,
        "rows": rows,
        "cpu_ms_per_person": round(cpu / persons, 3),
        "bulk_create_cpu_ms_per_person": round(plain / persons, 3),
        "times_bulk_create": round(cpu / plain, 2),
        "cpu_ms_per_row": round(cpu / rows, 4),
        "wall_ms_per_row": round(sum(t["wall_ms"] for t in turns) / rows, 4),
        "longest_lock_ms": max(t["lock_ms"] for t in turns),
    }


def make_files(number):
    """140 pupils in 6 classes, 244 guardians: most children have two, some are siblings. Names are invented."""
    from preau.arrivals.actions import IncomingFile
    from tests.arrivals.onde_files import Adult, Child, guardians_file, pupils_file

    draw = random.Random(number)
    names = draw.sample([(last, first) for last in LASTS for first in FIRSTS], PUPILS + GUARDIANS)
    levels = ("CP", "CE1", "CE2", "CM1", "CM2", "GS")
    children = [
        Child(
            last.upper(),
            first.upper(),
            datetime.date(2016, 1, 1) + datetime.timedelta(days=place * 7),
            ine=f"{number:04d}{place:06d}A",
            level=levels[place % 6],
            classroom=f"{levels[place % 6]} A",
            class_id=f"{number}{place % 6}",
            photo="Oui",
        )
        for place, (last, first) in enumerate(names[:PUPILS])
    ]
    adults = [
        Adult(
            last.upper(),
            first.upper(),
            mobile=f"06{number:03d}{place:05d}",
            email=f"{number}.{place}@example.org",
            address=f"{place} rue du Banc",
            children=tuple(
                {children[place % PUPILS], children[(place * 7) % PUPILS]}
                if place % 9 == 0
                else {children[place % PUPILS]}
            ),
        )
        for place, (last, first) in enumerate(names[PUPILS:])
    ]
    return [
        IncomingFile("eleves.csv", pupils_file(children), "pupils"),
        IncomingFile("responsables.csv", guardians_file(adults), "guardians"),
    ]


if __name__ == "__main__":
    main()
