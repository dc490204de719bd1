"""The web and the worker of a served home killed at any instant, while families sign and teachers print coupons, note
them back and send mots: each user tries again as with a browser, and each act is there once in the end."""

import contextlib
import http.client
import json
import os
import queue
import random
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
import urllib.parse
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from tests import postgres
from tests.home import Home
from tests.house.source import ROOT
from tests.notify.sinks import Relay, Sink
from tests.web.test_serve import ask, children, free_port, until
from tests.web.test_standing_up import offspring

pytestmark = [pytest.mark.processes, pytest.mark.kills]
# A mot of the head to every class, 25 children with two guardians in each, that the worker has yet to freeze. In a
# class 16 guardians read, or sign as well; 5 coupons come back; the others, of one class in eight, have an address.
FILL = """
import datetime, django, json, sys
django.setup()
from django.db import transaction
from django.test import Client
from django.utils import timezone
from preau.notify.models import Pause
from preau.people.models import Account, Mandate, Person
from preau.places.models import Classroom
from preau.schools.models import Enrolment, Guardianship
from preau.ent.notes.actions import Target
from tests.ent.notes import acts
from tests.world import add_person, build_world, enter
where, classes = sys.argv[1], int(sys.argv[2])
now = timezone.now()
def session(account):
    client = Client()
    enter(client, account)
    return "; ".join(f"{name}={each.value}" for name, each in client.cookies.items())
with transaction.atomic():
    world, plan = build_world(), []
    school, before = world.schools["tilleuls"], world.before
    Pause.objects.create(
        school=school, begins_at=datetime.time(23, 59), ends_at=datetime.time(0), spares_weekends=False
    )
    for n in range(classes):
        room = Classroom.objects.create(school=school, school_year=world.year, name=f"Foule {n}", levels=["CP"])
        world.classrooms[room.name] = room
        teacher = add_person(world, f"teacher_foule{n}")
        Mandate.objects.create(person=teacher, role="teacher", classroom=room, starts_on=before)
        pupils = Person.objects.bulk_create(
            Person(first_name="Léo", last_name=f"F{n}", birth_date=datetime.date(2019, 1, 1)) for _ in range(25)
        )
        Enrolment.objects.bulk_create(
            Enrolment(pupil=pupil, school=school, classroom=room, level="CP", starts_on=before) for pupil in pupils
        )
        adults = Person.objects.bulk_create(
            Person(first_name="Lit" if rank < 16 else "Rend" if rank < 21 else "Attend", last_name=f"F{n}")
            for rank in range(50)
        )
        emails = [f"{n}.{rank}@f.example" if n % 8 == 0 and rank > 20 else "" for rank in range(50)]
        accounts = Account.objects.bulk_create(
            Account(identifier=f"f{n}.{rank}", person=adult, email=email, email_confirmed_at=now if email else None)
            for rank, (adult, email) in enumerate(zip(adults, emails, strict=True))
        )
        Guardianship.objects.bulk_create(
            Guardianship(guardian=adult, child=pupils[rank // 2], starts_on=before)
            for rank, adult in enumerate(adults)
        )
        families = [
            (str(adults[rank].pk), str(pupils[rank // 2].pk), session(accounts[rank])) for rank in range(16)
        ]
        plan.append({
            "room": str(room.pk), "teacher": session(teacher.account), "families": families,
            "emails": list(filter(None, emails)),
        })
rooms = [room for name, room in world.classrooms.items() if name.startswith("Foule")]
note = acts.send(world, "head", targets=[Target(room) for room in rooms])
with open(where, "w") as file:
    json.dump({"note": str(note.pk), "classes": plan}, file)
"""
# The parts of `bin/serve`, that waits a second before it starts again what fell, then longer and longer.
SERVE = """
import sys
from config import web
from preau.kit.serving import supervisor
supervisor.FIRST_PAUSE, supervisor.STANDS_AFTER = 0.05, 0
web.main("127.0.0.1", sys.argv[1], supervisor.WORKER)
"""
# What the dead left: their jobs, then the mails that they had claimed.
END = """
import datetime, django
django.setup()
from django.core.management import call_command
from django.utils import timezone
from preau.kit import mail
call_command("worker", "--batch")
while mail.send_due(now=timezone.now() + datetime.timedelta(minutes=16)):
    pass
"""
LOOK = """
import django, json, sys
django.setup()
from collections import Counter
from preau.ent.notes.models import Answer, Note
from preau.journal.models import Entry
from preau.kit.models import Outgoing
from preau.notify.models import Expected, Notice
from preau.spaces.models import Publication
where, note_id = sys.argv[1:]
rows = Expected.objects.filter(notice__publication__note=note_id)
answers = Answer.objects.filter(note=note_id)
mots = Publication.objects.filter(kind="note")
def pairs(rows, who="person"):
    return [[str(adult), str(child)] for adult, child in rows.values_list(who, "child")]
def ids(rows):
    return [str(pk) for pk in rows.values_list("pk", flat=True)]
def lines(verb):
    return list(Entry.objects.filter(verb=verb).order_by("at", "id").values_list("object_id", "at"))
printed = dict(reversed(lines("notify.print_coupon")))
found = {
    "expected": pairs(rows),
    "read": pairs(rows.filter(seen_at__isnull=False)),
    "signed": pairs(answers.filter(paper_at=None, agreed="yes"), "guardian"),
    "printed": ids(rows.filter(paper_out_at__isnull=False).exclude(person__first_name="Lit")),
    "back": ids(rows.filter(paper_back_at__isnull=False)),
    "back in pairs": pairs(rows.filter(paper_back_at__isnull=False)),
    "on paper": pairs(answers.filter(paper_at__isnull=False), "guardian"),
    "lines of coupons back": [str(pk) for pk, at in lines("notify.paper_back")],
    "sent": ids(Note.objects.exclude(pk=note_id)),
    "titles": list(Note.objects.exclude(pk=note_id).values_list("title", flat=True)),
    "doubts": sum(Outgoing.objects.values_list("doubts", flat=True)),
    "halves": {
        "publications without a mot": mots.filter(note=None).count(),
        "mots without an announcement": mots.filter(notice=None).count(),
        "mots that did not leave": mots.exclude(state="published").count(),
        "announcements twice": len(lines("notify.announce")) - Notice.objects.count(),
        "announcements not told": Notice.objects.filter(told_at=None).count(),
        "mails that did not leave": Outgoing.objects.exclude(state="sent").count(),
        "signed and not read": rows.filter(seen_at=None, person__in=answers.filter(paper_at=None).values("guardian"))
            .count(),
        "printed at two instants": sum(
            printed.get(pk) != at for pk, at in rows.exclude(paper_out_at=None).values_list("pk", "paper_out_at")
        ),
    },
}
with open(where, "w") as file:
    json.dump(found, file)
"""
TOKEN = "a" * 32
COUPON = re.compile(r'href="/mots/coupons/([\w-]+)/">Noter son coupon<span class="only-heard"> (\w+) ')
USERS, CUT = 5, 0.2  # one answer in five is lost on its way: the act is done, and sent again
MOST_ACTS = 16  # of all users in one life, before the kill


class Lost(Exception):
    """The server was killed before it answered, or is not there."""


class User(threading.Thread):
    """One act after the other, each sent again until it is acknowledged, as with a browser: same page, same fields.
    `done` is {kind of act: what each acknowledged one left}."""

    def __init__(self, port, note, acts):
        super().__init__(daemon=True)
        self.port, self.note, self.acts = port, note, acts
        self.may_end, self.done, self.acts_count, self.fault = threading.Event(), defaultdict(list), 0, None

    def run(self):
        try:
            for kind, words in self.acts:
                if self.may_end.is_set():
                    return
                getattr(self, kind)(*words)
                self.acts_count += 1
        except Exception as fault:
            self.fault = fault

    def ask(self, cookies, path, data=None):
        """(status, where it leads, text) of the answer."""
        while True:
            with contextlib.suppress(Lost):
                return self.ask_once(cookies, path, data)
            time.sleep(0.1)

    def ask_once(self, cookies, path, data):
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {"Cookie": f"{cookies}; preau-csrf={TOKEN}", "Content-Type": "application/x-www-form-urlencoded"}
        body = None if data is None else urllib.parse.urlencode({**data, "csrfmiddlewaretoken": TOKEN})
        try:
            line.request("GET" if data is None else "POST", path, body, headers)
            with line.getresponse() as answer:
                text = answer.read()
        except (OSError, http.client.HTTPException):
            raise Lost from None
        finally:
            line.close()
        if answer.status == 503 or data is not None and random.random() < CUT:
            raise Lost
        assert answer.status < 400, f"{path}: {answer.status}"
        return answer.status, answer.headers["Location"], text

    def field(self, cookies, path, name):
        """A hidden field of a page."""
        text = self.ask(cookies, path)[2].decode()
        return re.search(rf'name="{name}"[^>]*value="([\w-]+)"', text)[1]

    def sign(self, guardian, child, cookies):
        path = f"/mots/{self.note}/"
        data = {"version": self.field(cookies, path, "version"), "agreed": "yes"}
        self.ask(cookies, f"{path}reponse/{child}/", data)
        self.done["signed"].append((guardian, child))

    def read(self, guardian, child, cookies):
        path = f"/mots/{self.note}/"
        self.ask(cookies, f"{path}vu/", {"version": self.field(cookies, path, "version")})
        self.done["read"].append((guardian, child))

    def use_paper(self, cookies):
        """Coupons of the class, of which some come back. Nothing is printed before the list is frozen."""
        path = f"/mots/{self.note}/"
        while self.ask(cookies, f"{path}coupons/", {})[0] != 200:
            time.sleep(0.2)
        links = COUPON.findall(self.ask(cookies, f"{path}suivi/")[2].decode())
        self.done["printed"] += [link for link, name in links if name != "Lit"]
        for link in [link for link, name in links if name == "Rend"]:
            path = f"/mots/coupons/{link}/"
            self.ask(cookies, path, {"version": self.field(cookies, path, "version"), "agreed": "yes"})
            self.done["back"].append(link)

    def send(self, room, cookies, emails):
        path = f"/classe/{room}/mots/nouveau/"
        once = self.field(cookies, path, "once")
        _, leads, _ = self.ask(cookies, path, {"title": once, "text": "Bonjour.", "nature": "sign", "once": once})
        assert leads == f"/mots/{once}/"
        self.done["sent"].append(once)
        self.done["told"] += emails


def acts_of(plan):
    """Class after class, mixed within each."""
    for room in plan["classes"]:
        acts = [(random.choice(["sign", "sign", "read"]), family) for family in room["families"]]
        acts.append(("use_paper", (room["teacher"],)))
        acts += [("send", (room["room"], room["teacher"], room["emails"]))] * 4
        yield from random.sample(acts, len(acts))


@contextlib.contextmanager
def served(home):
    port = free_port()
    words = [ROOT / ".venv/bin/python", "-c", SERVE, str(port)]
    with open(home.path / "served.log", "w") as log:
        server = subprocess.Popen(words, env=home.env, stderr=log)
        try:
            yield server, port
        finally:
            server.terminate()
            server.wait(timeout=30)


def let_live(users, acts):
    """Until so many more acts are acknowledged, or all are, then any instant of the next ones."""
    most = sum(user.acts_count for user in users) + acts
    assert until(lambda: sum(user.acts_count for user in users) >= most or not any(map(User.is_alive, users)), 60)
    assert not any(user.fault for user in users), [user.fault for user in users]
    time.sleep(random.uniform(0, 0.2))


def kill_one(server, port, rank):
    """The web at any instant; once in five the process of it that answers alone, which takes seconds to come back, and
    once in five the worker."""
    aim = part_of(server, "preau worker" if rank % 5 == 2 else "preau web")
    if rank % 5 == 4:
        (aim,) = offspring(aim)
    os.kill(aim, signal.SIGKILL)
    assert until(lambda: not os.path.exists(f"/proc/{aim}") and ask(port)[0], 30), "nobody answers any more"


def part_of(server, name):
    def found():
        return [pid for pid in children(server) if Path(f"/proc/{pid}/comm").read_text().strip() == name]

    assert until(found, 30), f"{name} was not started again"
    return found()[0]


def play(home, folder, *, classes, kills):
    with Sink(Relay) as relay:
        home.env |= {"PREAU_SMTP_HOST": "127.0.0.1", "PREAU_SMTP_PORT": str(relay.port), "PREAU_WEB_WORKERS": "1"}
        home.env["PREAU_SMTP_PER_MINUTE"] = "100000"
        plan = made_by(home, FILL, folder, str(classes))
        with served(home) as (server, port):
            assert until(lambda: ask(port)[0])
            acts = queue.SimpleQueue()
            for act in [*acts_of(plan), *[None] * USERS]:
                acts.put(act)
            users = [User(port, plan["note"], iter(acts.get, None)) for _ in range(USERS)]
            for user in users:
                user.start()
            for rank in range(kills):
                let_live(users, random.randrange(MOST_ACTS))
                kill_one(server, port, rank)
            end(users)
        home.python(END)
        found = made_by(home, LOOK, folder, plan["note"])
        check_once(found, done_by(users), classes)
        check_mails(found, relay.accepted, plan, done_by(users)["told"], kills)


def made_by(home, code, folder, *words):
    """What it wrote in JSON."""
    home.python(code, str(folder / "made.json"), *words)
    return json.loads((folder / "made.json").read_text())


def end(users):
    """What each has begun is done."""
    for user in users:
        user.may_end.set()
    for user in users:
        user.join(60)
        assert not user.is_alive() and user.fault is None, repr(user.fault)


def done_by(users):
    kinds = {kind for user in users for kind in user.done}
    return {kind: [each for user in users for each in user.done[kind]] for kind in kinds}


def check_once(found, done, classes):
    """All that was acknowledged is there, nothing that nobody did, each once."""
    once = ("expected", "signed", "read", "on paper", "lines of coupons back", "titles")
    twice = {name: [each for each, count in Counter(map(str, found[name])).items() if count > 1] for name in once}
    assert not any(twice.values()), twice
    assert len(found["expected"]) == 50 * classes and len(found["printed"]) % 34 == 0
    assert not any(found["halves"].values()), found["halves"]
    for name in ("printed", "back", "sent"):
        assert sorted(found[name]) == sorted(done[name]), name
    assert sorted(found["lines of coupons back"]) == sorted(done["back"])
    assert sorted(found["titles"]) == sorted(done["sent"])
    assert sorted(found["signed"]) == sorted(map(list, done["signed"]))
    assert sorted(found["read"]) == sorted(map(list, done["signed"] + done["read"]))
    assert sorted(found["on paper"]) == sorted(found["back in pairs"])


def check_mails(found, accepted, plan, told, kills):
    """One mail for each mot and address, a copy more being a doubt under the same Message-ID."""
    mails = Counter(told) + Counter(email for room in plan["classes"] for email in room["emails"])
    assert {to: len(set(copies)) for to, copies in accepted.items()} == mails
    more = sum(map(len, accepted.values())) - mails.total()
    assert more <= found["doubts"] <= kills
    counts = {name: len(found[name]) for name in ("signed", "read", "printed", "back", "sent")}
    print(f"{counts}, {mails.total()} mails, {found['doubts']} in doubt, {more} sent twice", file=sys.stderr)


def on_sqlite(folder, migrated):
    home = Home(folder / "home")
    home.path.mkdir()
    shutil.copy(migrated, home.path)
    return home


def test_killed_while_families_sign_and_coupons_come_back(tmp_path, migrated):
    play(on_sqlite(tmp_path, migrated), tmp_path, classes=3, kills=4)


@pytest.mark.postgres
@pytest.mark.parametrize(("classes", "kills"), [(3, 3), pytest.param(200, 100, marks=pytest.mark.corpora)])
def test_killed_while_families_sign_on_postgresql(tmp_path, classes, kills):
    with postgres.server() as address:
        home = Home(tmp_path / "home", address)
        home.path.mkdir()
        home.make_tables()
        play(home, tmp_path, classes=classes, kills=kills)


@pytest.mark.corpora
def test_a_hundred_kills_while_families_of_ten_thousand_guardians_sign(tmp_path, migrated):
    play(on_sqlite(tmp_path, migrated), tmp_path, classes=200, kills=100)
