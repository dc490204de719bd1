"""What does it cost to find ten texts by their words, in a base of 100,000?

Alone: `PYTHONPATH=src:. .venv/bin/python -m bench.search [--texts 100000] [--pg]` prints JSON, on an SQLite of its own,
or on a PostgreSQL started for the occasion and set as docs/operations.md says. For a
guardian, for the head of a school, and for the head of a school that holds half of the base, which no real one does.
Questions of one word and of three, common and rare; the time is that of the query and of what its results say, the CPU
that of this process (SQLite works in it) and of the one that PostgreSQL answers it with.
"""

import argparse
import contextlib
import json
import os
import random
import statistics
import tempfile
import time
from pathlib import Path

from bench.arrivals import prepare
from tests import postgres

CHUNK, ROUNDS, LENGTH = 5000, 20, 40  # rows at once; turns of each question; words of a text
SCHOOLS, CLASSES = 40, 10
WORDS = [f"mot{rank}" for rank in range(3000)]  # the first are common, the last rare
QUESTIONS = ("mot1", "mot2999", "mot1 mot2 mot3", "mot5 mot700", "inconnu")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--texts", type=int, default=100_000)
    parser.add_argument("--pg", action="store_true")
    options = parser.parse_args()
    base = postgres.server() if options.pg else contextlib.nullcontext("")
    with base as address, tempfile.TemporaryDirectory(prefix="preau-bench-") as home:
        prepare(home, address)
        readers = fill(options.texts)
        measured = {who: measure(person) for who, person in readers.items()}
        close()
    worst = max(turn["cpu_ms"] for who in ("guardian", "head") for turn in measured[who].values())
    reach = [("ten texts found in < 50 ms of CPU", f"{worst} ms", worst / 50)]
    print(json.dumps(measured | {"reach": reach}, indent=1))


def close():
    """PostgreSQL is stopped after."""
    from django.db import connection

    connection.close()


def cpu() -> float:
    """Seconds that this process has worked, and the one that PostgreSQL answers it with, to a hundredth."""
    from django.db import connection

    if connection.vendor != "postgresql":
        return time.process_time()
    connection.ensure_connection()
    stat = Path(f"/proc/{connection.connection.info.backend_pid}/stat").read_text().rpartition(")")[2].split()
    return time.process_time() + (int(stat[11]) + int(stat[12])) / os.sysconf("SC_CLK_TCK")


def measure(person) -> dict:
    """{question: milliseconds, CPU ones, how many were found on the first page}"""
    from django.db import connection
    from django.utils import timezone

    from preau.ent.portal.views.search import PAGE, searched
    from preau.kit.serving.front import for_pages
    from preau.spaces import audiences
    from preau.spaces.queries.search import answers, asked

    today, measured = timezone.localdate(), {}
    connection.ensure_connection()
    for_pages(connection)  # as the threads that draw pages

    def find(words):
        person.read_once = {}  # as for who asks for a page (people/middleware.py)
        given = {"memberships": audiences.memberships_of(person, today), "start": 0, "count": PAGE}
        return answers(words, person, today, **given, **searched())[0]

    for question in QUESTIONS:
        taken, words = [], asked(question)
        find(words)  # the rooms are found, and what is kept of their SQL is written, once per process
        begun = cpu()
        for _ in range(ROUNDS):
            start = time.perf_counter()
            found = find(words)
            taken.append((time.perf_counter() - start) * 1000)
        measured[question] = {
            "ms": round(statistics.median(taken), 1),
            "cpu_ms": round((cpu() - begun) * 1000 / ROUNDS, 1),
            "found": len(found),
        }
    return measured


def fill(texts) -> dict:
    """{who: person} of a city whose classes publish: half in one large school, half in the others."""
    from django.utils import timezone

    from preau.people.models import Mandate, Person, Role
    from preau.places.models import City, Classroom, Department, School
    from preau.schools.models import Enrolment, Guardianship

    today = timezone.localdate()
    department = Department.objects.create(code="86", name="Vienne", academy="Poitiers")
    city = City.objects.create(name="Banc", slug="banc", department=department, is_fictitious=True)
    schools = [
        School.objects.create(name=f"École {rank}", slug=f"e{rank}", kind="primary", city=city)
        for rank in range(SCHOOLS)
    ]
    year = f"{today.year}-{today.year + 1}" if today.month > 7 else f"{today.year - 1}-{today.year}"
    rooms = [
        [Classroom.objects.create(school=school, name=f"C{rank}", school_year=year) for rank in range(CLASSES)]
        for school in schools
    ]
    people = {name: Person.objects.create(first_name=name, last_name="Banc") for name in ("guardian", "head", "large")}
    Mandate.objects.create(person=people["head"], role=Role.SCHOOL_HEAD, school=schools[1], starts_on=today)
    Mandate.objects.create(person=people["large"], role=Role.SCHOOL_HEAD, school=schools[0], starts_on=today)
    for room in rooms[1][:2]:
        child = Person.objects.create(first_name="A", last_name="Banc")
        Enrolment.objects.create(pupil=child, school=schools[1], classroom=room, level="CP", starts_on=today)
        Guardianship.objects.create(guardian=people["guardian"], child=child, starts_on=today)
    authors = {room: Person(first_name="B", last_name="Banc") for classes in rooms for room in classes}
    Person.objects.bulk_create(authors.values())
    for start in range(0, texts, CHUNK):
        write(authors, rooms, range(start, min(start + CHUNK, texts)))
    analyse()
    return people


def write(authors, rooms, ranks):
    """One post each, by the teacher of a class, for it: to its families, its pupils, its adults."""
    import datetime

    from django.utils import timezone

    from preau.ent.posts.models import Post
    from preau.spaces import audiences
    from preau.spaces.models import Publication, Reach, SearchText
    from preau.spaces.stems import key_of

    chance, moment, made = random.Random(ranks.start), timezone.now(), []
    for rank in ranks:
        school = 0 if rank % 2 else 1 + rank // 2 % (SCHOOLS - 1)
        at = moment - datetime.timedelta(minutes=rank)
        text = " ".join(WORDS[int(chance.random() ** 3 * len(WORDS))] for _ in range(LENGTH))
        room = rooms[school][chance.randrange(CLASSES)]
        publication = Publication(
            author=authors[room], kind="post", classroom=room, state="published", created_at=at, published_at=at
        )
        made.append((publication, text, at))
    Publication.objects.bulk_create(publication for publication, _, _ in made)
    Post.objects.bulk_create(Post(publication=each, scope="class", text=text, html="") for each, text, _ in made)
    SearchText.objects.bulk_create(SearchText(publication=each, text_key=key_of(text)) for each, text, _ in made)
    Reach.objects.bulk_create(
        Reach(publication=each, audience=audience, at=at)
        for each, _, at in made
        for audience in audiences.keys(each.classroom)
    )


def analyse():
    """What both bases know of their tables once they have lived."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


if __name__ == "__main__":
    main()
