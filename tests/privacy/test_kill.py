"""T14: an erasure killed at its worst instants is whole or has not begun; run again, it ends the same."""

import os
import random
import shutil
import signal
import subprocess
import time

import psycopg
import pytest

from tests.home import FILL, Home
from tests.house.source import ROOT

pytestmark = [pytest.mark.processes, pytest.mark.kills]
ERASE = """
import django, os, signal, sys
django.setup()
from django.utils import timezone
from preau.people.models import Person
from preau.privacy import actions
from preau.privacy.actions import erasure
die = lambda *args, **kwargs: os.kill(os.getpid(), signal.SIGKILL)
if sys.argv[2] == "before the commit":
    erasure.erased.add = die
if sys.argv[2] == "after the commit":
    erasure._forget_outside = die
actions.erase_person(subject=Person.objects.get(pk=sys.argv[1]), person=None, now=timezone.now())
"""


class PostgresHome(Home):
    """A home whose base is on a server, which outlives the killed process and takes back what it was writing."""

    def __init__(self, path, server, name):
        super().__init__(path, f"{server.rsplit('/', 1)[0]}/{name}")
        self.server, self.name = server, name

    def sql(self, sentence):
        with psycopg.connect(self.server, autocommit=True) as connection:
            return connection.execute(sentence).rowcount

    def settle(self):
        """Waits until nobody is in the base, which could not be copied or judged otherwise."""
        until = time.monotonic() + 30
        while self.sql(f"SELECT pid FROM pg_stat_activity WHERE datname = '{self.name}'"):
            assert time.monotonic() < until, "a process that ended still holds the base"
            time.sleep(0.05)

    def copied(self, path):
        self.settle()
        home = PostgresHome(path, self.server, "erasure_copy")
        home.sql("DROP DATABASE IF EXISTS erasure_copy WITH (FORCE)")
        home.sql(f"CREATE DATABASE erasure_copy TEMPLATE {self.name}")
        return home


def fill(home):
    home.ids = home.python(FILL)
    home.before = home.verify()
    return home


@pytest.fixture(scope="module")
def filled(tmp_path_factory, migrated):
    home = Home(tmp_path_factory.mktemp("kill") / "filled", is_forked=True)
    home.path.mkdir()
    shutil.copy(migrated, home.path)
    return fill(home)


@pytest.fixture(scope="module")
def filled_on_postgres(tmp_path_factory, postgres_address, migrate):
    home = PostgresHome(tmp_path_factory.mktemp("kill-pg"), postgres_address, "erasure_filled")
    home.sql("CREATE DATABASE erasure_filled")
    migrate(home)
    return fill(home)


def copy(filled, path):
    shutil.copytree(filled.path, path)
    return filled.copied(path) if isinstance(filled, PostgresHome) else Home(path, is_forked=True)


def erase(home, key, when):
    words = [ROOT / ".venv/bin/python", "-c", ERASE, key, when]
    return subprocess.Popen(words, env=home.env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def has(home, key):
    code = "import django, sys; django.setup()\nfrom preau.people.models import Person\n"
    return home.python(code + "print(Person.objects.filter(pk=sys.argv[1]).count())", key) == ["1"]


INSTANTS = pytest.mark.parametrize("when, stays", [("before the commit", True), ("after the commit", False)])


@INSTANTS
def test_killed_at_its_worst_instants(filled, tmp_path, when, stays):
    kill(filled, tmp_path / "home", when, stays)
    assert (filled.path / "preau.sqlite3").exists()


@pytest.mark.postgres
@INSTANTS
def test_killed_at_its_worst_instants_on_postgresql(filled_on_postgres, tmp_path, when, stays):
    kill(filled_on_postgres, tmp_path / "home", when, stays)
    assert not (filled_on_postgres.path / "preau.sqlite3").exists()


def kill(filled, path, when, stays):
    home, child = copy(filled, path), filled.ids[0]
    assert erase(home, child, when).wait() == -signal.SIGKILL
    if isinstance(home, PostgresHome):
        home.settle()
    assert has(home, child) is stays
    if stays:
        assert home.verify() == filled.before
        assert erase(home, child, "never").wait() == 0
        assert not has(home, child)


@pytest.mark.corpora
def test_a_hundred_kills_at_random_leave_all_or_nothing(filled, tmp_path):
    child, draw = filled.ids[0], random.Random(14)
    start = time.monotonic()
    home = copy(filled, tmp_path / "reference")
    assert erase(home, child, "never").wait() == 0
    lasts = time.monotonic() - start
    for number in range(100):
        home = copy(filled, tmp_path / f"home{number}")
        process = erase(home, child, "never")
        time.sleep(draw.uniform(lasts * 0.5, lasts))
        process.kill()
        process.wait()
        assert not has(home, child) or home.verify() == filled.before
        shutil.rmtree(home.path)
    assert os.path.exists(filled.path)
