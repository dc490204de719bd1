"""T17: the base goes away under load and comes back; parts of the service are killed. Nothing acknowledged is lost."""

import contextlib
import os
import shutil
import signal
import sqlite3
import subprocess
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid

import pytest

from preau.spaces import caps
from preau.spaces.audiences import Profile
from tests import postgres
from tests.home import Home
from tests.house.source import ROOT
from tests.web.test_serve import ask, children, free_port, until

pytestmark = [pytest.mark.processes, pytest.mark.kills]
WRITER = """
import django, re
django.setup()
from django.conf import settings
from django.test import Client
from django.urls import reverse
from tests.world import build_world
world = build_world()
client = world.sign_in(Client(), "teacher")
path = reverse("posts:classroom_publish", args=[world.classrooms["cpb"].pk])
page = client.get(path, headers={"host": "localhost"}).text
token = re.search(r'csrfmiddlewaretoken" value="(\\w+)"', page)[1]
cookies = "; ".join(f"{name}={each.value}" for name, each in client.cookies.items())
print(cookies.replace(" ", ""), path, token)
"""
WRITTEN = """
import django
django.setup()
from preau.ent.posts.models import Post
print(*sorted(Post.objects.filter(text__startswith="mot-").values_list("text", flat=True)))
"""
WORKED = """
import django, time
django.setup()
from django_tasks_db.models import DBTaskResult
from preau.kit.tasks import prune_jobs
asked = prune_jobs.enqueue()
for _ in range(60):
    if DBTaskResult.objects.get(id=asked.id).status == "SUCCESSFUL":
        print("done")
        break
    time.sleep(0.5)
"""
ANSWER_WAIT = 60  # seconds a writer gives to one answer, before it sends the same text again
# All write under one account: a text more, and it would be refused for the hour.
WRITERS = 4
TEXTS = caps.HOURLY[Profile.STAFF] // WRITERS
TEXTS_BEFORE = TEXTS - 2  # the rest is kept for the time without a base and what follows it


class Writer(threading.Thread):
    """Publishes its texts one by one, each until it is acknowledged, as its author would."""

    def __init__(self, number, port, cookies, path, token):
        super().__init__(daemon=True)
        self.number, self.address, self.cookies, self.token = number, f"http://127.0.0.1:{port}{path}", cookies, token
        self.acknowledged, self.answers = [], []
        self.base_is_away, self.may_end = threading.Event(), threading.Event()

    def run(self):
        for count in range(1, TEXTS + 1):
            if count > TEXTS_BEFORE:
                self.base_is_away.wait()
            text, once = f"mot-{self.number}-{count}", str(uuid.uuid4())
            while not self.publish(text, once) and not self.may_end.is_set():
                self.may_end.wait(1)
            self.may_end.wait(0.2)

    def publish(self, text, once):
        data = {"text": text, "scope": "class", "once": once, "csrfmiddlewaretoken": self.token}
        sent = urllib.request.Request(self.address, urllib.parse.urlencode(data).encode(), {"Cookie": self.cookies})
        start = time.monotonic()
        try:
            with urllib.request.urlopen(sent, timeout=ANSWER_WAIT) as answer:
                said = answer.url
        except OSError as failure:
            said = repr(failure)
        self.answers.append(f"{time.strftime('%T')} after {time.monotonic() - start:.1f} s: {text}, {said}")
        if "fait=" in said:
            self.acknowledged.append(text)
            return True
        return False


@contextlib.contextmanager
def held(home):
    """Another program has the whole SQLite base."""
    base = sqlite3.connect(home.path / "preau.sqlite3", isolation_level=None, timeout=30)
    base.execute("BEGIN EXCLUSIVE")
    try:
        yield
    finally:
        base.execute("ROLLBACK")
        base.close()


@contextlib.contextmanager
def served(home):
    port = free_port()
    server = subprocess.Popen([ROOT / "bin" / "serve", "--port", str(port)], env=home.env, stderr=subprocess.DEVNULL)
    try:
        assert until(lambda: ask(port)[0] == 200)
        yield server, port
    finally:
        server.terminate()
        assert server.wait(timeout=30) in (0, -signal.SIGKILL)


@pytest.mark.parametrize("seconds", [24, pytest.param(35, marks=pytest.mark.corpora)])
def test_sqlite_held_by_another_program_stops_nothing(tmp_path, migrated, seconds):
    """Longer than a write waits (20 s): reads go on, writes wait or are refused, and all is well after."""
    home = Home(tmp_path)
    shutil.copy(migrated, home.path)
    play(home, held(home), seconds, reads_go_on=True)


@pytest.mark.postgres
@pytest.mark.parametrize("seconds", [5, pytest.param(30, marks=pytest.mark.corpora)])
def test_postgresql_stopped_stops_nothing(tmp_path, migrate, seconds):
    with postgres.server() as address:
        home = Home(tmp_path, address)
        migrate(home)
        play(home, postgres.stopped(address), seconds, reads_go_on=False)


def play(home, pause, seconds, *, reads_go_on):
    cookies, path, token = home.python(WRITER)
    with served(home) as (server, port):
        parts = children(server)
        writers = [Writer(number, port, cookies, path, token) for number in range(WRITERS)]
        for writer in writers:
            writer.start()
        assert until(lambda: all(writer.acknowledged for writer in writers))
        with pause:
            end = time.monotonic() + seconds
            for writer in writers:
                writer.base_is_away.set()
            assert until(lambda: ask(port, 20)[0] == 503, seconds)
            status, headers = page(port, cookies, "/aujourdhui/")
            assert status == (200 if reads_go_on else 503)
            assert reads_go_on or headers["Refresh"] == "10"
            time.sleep(max(0, end - time.monotonic()))
        assert until(lambda: ask(port)[0] == 200, 30), "not back within 30 s"
        # Longer than one answer may be waited for: a sending whose answer is lost is made again.
        all_written = until(lambda: all(len(writer.acknowledged) == TEXTS for writer in writers), 1.5 * ANSWER_WAIT)
        assert all_written, "\n".join(line for writer in writers for line in writer.answers)
        for writer in writers:
            writer.may_end.set()
        for writer in writers:
            writer.join(60)
        assert home.python(WORKED) == ["done"]
        assert server.poll() is None and children(server) == parts
        found = home.python(WRITTEN)
        acknowledged = [text for writer in writers for text in writer.acknowledged]
        assert set(acknowledged) <= set(found) and len(found) == len(set(found))


def page(port, cookies, path):
    asked = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers={"Cookie": cookies})
    try:
        with urllib.request.urlopen(asked, timeout=20) as answer:
            return answer.status, answer.headers
    except urllib.error.HTTPError as refusal:
        with refusal:
            return refusal.code, refusal.headers


def test_a_part_that_is_killed_is_started_again_alone_and_nothing_outlives_the_whole(tmp_path, migrated):
    home = Home(tmp_path)
    shutil.copy(migrated, home.path)
    with served(home) as (server, port):
        web, worker = children(server)
        os.kill(worker, signal.SIGKILL)
        assert until(lambda: len(children(server)) == 2 and worker not in children(server))
        assert web in children(server) and until(lambda: ask(port)[0] == 200)
        os.kill(web, signal.SIGKILL)
        assert until(lambda: web not in children(server) and ask(port)[0] == 200)
        everyone = [each for part in children(server) for each in (part, *offspring(part))]
        assert len(everyone) >= 4
        server.kill()
        assert until(lambda: not any(os.path.exists(f"/proc/{each}") for each in everyone))
        assert ask(port)[0] is None


def offspring(number):
    with open(f"/proc/{number}/task/{number}/children") as stream:
        return [int(child) for child in stream.read().split()]
