"""The worker killed at any instant of a large delivery: each is expected once; no mail and no push lost; a second copy
is one of a kill between the relay's answer and ours, and is counted. The web: tests/ent/notes/test_web_kills.py."""

import json
import random
import shutil
import signal
import subprocess
import sys
import time

import pytest

from tests import postgres
from tests.home import Home
from tests.house.source import ROOT
from tests.notify.sinks import PushService, Relay, Sink

pytestmark = [pytest.mark.processes, pytest.mark.kills]
FILL = """
import django, sys
django.setup()
from django.utils import timezone
from preau.notify import actions
from preau.notify.models import PushDevice
from preau.people.models import Account, Person
from preau.schools.models import Guardianship
from preau.spaces import audiences
from tests.kit.test_push import Browser
from tests.spaces.places import publish_to
from tests.world import build_world
families, devices, port = map(int, sys.argv[1:])
browser = Browser()
world, now = build_world(), timezone.now()
people = Person.objects.bulk_create(
    Person(first_name="Ana", last_name=f"Foule{n}", sort_key=f"f{n}") for n in range(families)
)
Account.objects.bulk_create(
    Account(identifier=f"foule{n}", person=one, email=f"{n}@f.example", email_confirmed_at=now)
    for n, one in enumerate(people)
)
child = world.people["child_adam"]
Guardianship.objects.bulk_create(Guardianship(guardian=one, child=child, starts_on=world.before) for one in people)
PushDevice.objects.bulk_create(
    PushDevice(
        person=one, endpoint=f"http://127.0.0.1:{port}/{n}", endpoint_digest=str(n), asked_at=now,
        p256dh=browser.p256dh, auth=browser.auth,
    )
    for n, one in enumerate(people[:devices])
)
reached = audiences.keys(world.classrooms["cpb"], [audiences.Readers.FAMILIES])
publication = publish_to(world, world.classrooms["cpb"], reached=reached)
print(actions.announce(publication=publication, person=world.people["head"], now=now, level="urgent", reason="Gaz").pk)
"""
# A worker's life: what its jobs do, each from the start. Sixteen minutes pass between two lives, so that a claim that
# nobody settled is one that its worker left.
WORK = """
import datetime, django, sys
django.setup()
from django.conf import settings
settings.OUTBOUND_LOOPBACK = True
from django.utils import timezone
from preau.kit import mail
from preau.notify import actions
notice_id, life = sys.argv[1], int(sys.argv[2])
now = timezone.now() + datetime.timedelta(minutes=16 * life)
print("go", flush=True)
actions.freeze(notice_id=notice_id, now=now)
actions.tell(notice_id=notice_id, now=now)
while mail.send_due(now=now):
    pass
"""
LOOK = """
import django, json
django.setup()
from django.db.models import Sum
from preau.kit.models import Outgoing
from preau.notify.models import Expected, Telling
rows = Expected.objects.filter(child__isnull=False)
kinds = Outgoing.objects.order_by()
print(json.dumps({
    "expected": rows.count(),
    "persons": rows.values("person", "child").distinct().count(),
    "states": {f"{kind} {state}": kinds.filter(kind=kind, state=state).count()
               for kind, state in kinds.values_list("kind", "state").distinct()},
    "doubts": {kind: kinds.filter(kind=kind).aggregate(each=Sum("doubts"))["each"] or 0
               for kind in ("notify.notice", "notify.push")},
    "told": {way: Telling.objects.filter(way=way, end="left").count() for way in ("mail", "push")},
}).replace(" ", "~"))
"""


class Delivery:
    """Of one notice, to so many families and browsers, by processes that are killed."""

    def __init__(self, home, families, devices, relay, push):
        self.home, self.families, self.relay, self.push = home, families, relay, push
        home.env |= {"PREAU_SMTP_HOST": "127.0.0.1", "PREAU_SMTP_PORT": str(relay.port)}
        (self.notice_id,) = home.python(FILL, str(families), str(devices), str(push.port))

    def start(self, code, *words):
        words = [ROOT / ".venv/bin/python", "-c", code, self.notice_id, *words]
        running = subprocess.Popen(words, env=self.home.env, stdout=subprocess.PIPE, text=True)
        assert running.stdout.readline() == "go\n"
        return running

    def look(self):
        (said,) = self.home.python(LOOK)
        return json.loads(said.replace("~", " "))

    def work_and_die(self, life, accepted):
        """One life of the worker, cut once the relay has accepted so many, or soon after it began when None."""
        running = self.start(WORK, str(life))
        while accepted and self.relay.count < accepted and running.poll() is None:
            time.sleep(0.002)
        time.sleep(random.uniform(0, 0.02 if accepted else 0.4))
        return self.cut(running)

    def work_to_the_end(self, life):
        running = self.start(WORK, str(life))
        assert running.wait() == 0
        running.stdout.close()

    @staticmethod
    def cut(running):
        running.send_signal(signal.SIGKILL)
        running.stdout.close()
        return running.wait() == -signal.SIGKILL


def play(home, families, devices, kills):
    with Sink(Relay) as relay, Sink(PushService) as push:
        delivery = Delivery(home, families, devices, relay, push)
        early = max(kills // 5, 1)
        dead = sum(delivery.work_and_die(life, None) for life in range(early))
        for rank in range(1, kills - early + 1):
            dead += delivery.work_and_die(early + rank, rank * families * 9 // 10 // (kills - early))
        assert dead == kills
        delivery.work_to_the_end(kills + 1)
        told_once(delivery.look(), delivery, devices, kills)


def told_once(found, delivery, devices, kills):
    """Each expected and told once; each copy more is a doubt, under one Message-ID."""
    families = delivery.families
    assert found["expected"] == found["persons"] == families + 4  # and those of the little world
    assert found["states"] == {"notify.notice sent": families, "notify.push sent": devices}
    assert found["told"] == {"mail": families, "push": devices}
    mails, pushes = delivery.relay.accepted, delivery.push.accepted
    assert set(mails) == {f"{n}@f.example" for n in range(families)}
    assert set(pushes) == {f"/{n}" for n in range(devices)}
    assert all(len(set(copies)) == 1 for copies in mails.values())
    for copies, kind in ((mails, "notify.notice"), (pushes, "notify.push")):
        more = sum(len(each) - 1 for each in copies.values())
        assert more <= found["doubts"][kind] <= kills
        print(f"{kind}: {found['doubts'][kind]} in doubt, {more} sent twice, {kills} kills", file=sys.stderr)


def on_sqlite(folder, migrated):
    home = Home(folder / "home")
    home.path.mkdir()
    shutil.copy(migrated, home.path)
    return home


def test_killed_in_a_delivery(tmp_path, migrated):
    play(on_sqlite(tmp_path, migrated), families=120, devices=20, kills=5)


@pytest.mark.postgres
def test_killed_in_a_delivery_on_postgresql(tmp_path):
    with postgres.server() as address:
        home = Home(tmp_path, address)
        home.make_tables()
        play(home, families=80, devices=10, kills=3)


@pytest.mark.corpora
def test_a_hundred_kills_in_a_delivery_to_ten_thousand(tmp_path, migrated):
    play(on_sqlite(tmp_path, migrated), families=10_000, devices=1_000, kills=100)
