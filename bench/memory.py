"""What `bin/serve` holds in memory once it has worked: every page of the bench with 16 connections, then photos
published, tables imported and taken away, and PDFs, on each web process.

    PREAU_HOME=… PYTHONPATH=src:. python -m bench.memory [--port 8180] [--seconds 1] [--output FILE]

Prints the PSS of each process (its own memory, and its share of what several have in common) and their sum; exit 1
when one passes 100 MB or all together 300. With --output docs/bench.md, replaces its part there. The home is one that
`preau demo` filled.
"""

import argparse
import http.cookiejar
import json
import os
import re
import sys
import urllib.parse
import urllib.request
import uuid
from pathlib import Path

import django
from django.conf import settings

from bench.__main__ import client
from bench.report import write_memory
from bench.server import serve, tree
from bench.visitors import multipart, photo

MOST_OF_ONE, MOST_OF_ALL = 100, 300  # MB
TURNS = 4  # of each heavy request: a connection goes to either web process
HEADER = ("École", "UAI", "Nature", "Année", "Classes équipées")


class Visitor:
    """Someone signed in, on the server: each request is a connection of its own."""

    def __init__(self, port, cookies):
        self.address, self.cookies = f"http://127.0.0.1:{port}", cookies

    def get(self, path):
        return self._ask(path).read()

    def send(self, path, fields, name, files):
        """Sends the form of that page; the address of the page that answers."""
        token = token_of(self.get(path).decode())
        body, kind = multipart({**fields, "csrfmiddlewaretoken": token}, name, files)
        return urllib.parse.urlsplit(self._ask(path, body, {"Content-Type": kind}).url).path

    def sign_in(self, identifier, password):
        """At the door, as a browser without any cookie: a password's check takes 19 MB for a while."""
        browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
        page = browser.open(f"{self.address}/entrer/", timeout=60).read().decode()
        fields = {"login": identifier, "password": password, "csrfmiddlewaretoken": token_of(page)}
        browser.open(f"{self.address}/entrer/", urllib.parse.urlencode(fields).encode(), timeout=60).read()

    def _ask(self, path, body=None, headers=()):
        asked = urllib.request.Request(self.address + path, body, {"Cookie": self.cookies, **dict(headers)})
        return urllib.request.urlopen(asked, timeout=300)


def token_of(page):
    return re.search(r'csrfmiddlewaretoken" value="(\w+)"', page)[1]


def load(port, seconds, wanted, browsers):
    """Everything once it is warm; what fails stops the measure."""
    from bench.pages import GUARDIAN, PLAN, TEACHER, account_of
    from preau.demo import keys

    for name, path, who in wanted:
        say(name)
        words = ["-m", "bench.client", "--port", str(port), "--path", path, "--cookie", browsers[who][1]]
        if set(client(words, 16, seconds)["statuses"]) != {"200"}:
            raise SystemExit(f"{path} is refused")
    teacher, plan = Visitor(port, browsers[TEACHER][1]), Visitor(port, browsers[PLAN][1])
    publish = next(path for name, path, _ in wanted if name == "class life").replace("/vie/", "/publier/")
    picture, table = [("photo.jpg", "image/jpeg", photo())], [("tableau.ods", "application/octet-stream", our_table())]
    for turn in range(TURNS):
        say(f"heavy requests, turn {turn + 1} of {TURNS}")
        teacher.sign_in(account_of(GUARDIAN).identifier, keys.PASSWORD)
        post = {"text": "Une matinée au jardin.", "scope": "class", "once": uuid.uuid4(), "no_child": "on"}
        teacher.send(publish, post, "pictures", picture)
        plan.get(plan.send("/plan/importer/", {}, "sheet", table))
        for path in documents():
            plan.get(path)


def our_table():
    """A city's own spreadsheet, a line for each of its schools."""
    from preau.demo import cast
    from preau.kit.tables import write_ods
    from preau.places.models import School

    schools = School.objects.filter(city__slug=cast.COMMUNE)
    return write_ods(HEADER, [(school.name, school.uai, "élémentaire", "2025-2026", 2) for school in schools])


def documents():
    """Tables and PDFs that someone of the plan takes away."""
    from preau.demo import cast
    from preau.plan.applications.models import Application
    from preau.plan.inventory.models import Asset

    school = Asset.objects.filter(city__slug=cast.COMMUNE).exclude(school=None).first().school_id
    application = Application.objects.filter(school__city__slug=cast.COMMUNE).exclude(submitted_at=None).first()
    yield from ("/plan/inventaire.xlsx", "/plan/inventaire.ods", "/plan/inventaire/etiquettes.pdf?premiere=1")
    yield f"/plan/inventaire/ecoles/{school}/comptage.pdf"
    yield f"/plan/candidatures/{application.pk}/dossier.pdf"


def pss(pid) -> float:
    """MB that this process adds to the machine: what it shares is divided by those who share it."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def measure(pid):
    """[(what it runs, MB)] of the supervisor and of every process below it."""
    return [(Path(f"/proc/{each}/comm").read_text().strip(), round(pss(each), 1)) for each in tree(pid)]


def say(words):
    print(words, file=sys.stderr, flush=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, default=8180)
    parser.add_argument("--seconds", type=float, default=1)
    parser.add_argument("--output", type=Path)
    asked = parser.parse_args()
    django.setup()
    from bench.pages import pages, signed_in

    wanted = pages()
    browsers = {who: signed_in(who) for who in {who for _, _, who in wanted}}
    with serve(Path(settings.HOME), asked.port, worker=True) as pid:
        at_start = measure(pid)
        load(asked.port, asked.seconds, wanted, browsers)
        loaded = measure(pid)
    reach = [
        ("the largest process ≤ 100 MB", max(size for _, size in loaded), MOST_OF_ONE),
        ("all of them ≤ 300 MB", round(sum(size for _, size in loaded), 1), MOST_OF_ALL),
    ]
    base = "SQLite" if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3") else "PostgreSQL"
    found = {"base": base, "turns": TURNS, "at_start": at_start, "loaded": loaded, "reach": reach}
    print(json.dumps(found, indent=1, ensure_ascii=False))
    if asked.output:
        write_memory(asked.output, found)
    return int(any(size > most for _, size, most in reach))


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")
    sys.exit(main())
