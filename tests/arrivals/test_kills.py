"""`kill -9` at a random instant of a real `preau import-onde`: nothing or all, and the next run ends the work (T14)."""

import datetime
import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest

from tests.arrivals.base_state import SCHOOL
from tests.arrivals.onde_files import Adult, Child, guardians_file, pupils_file
from tests.home import Home

ROOT = Path(__file__).parents[2]
pytestmark = [pytest.mark.processes, pytest.mark.kills]


class Ground:
    """A home with a school, its files of September, and the files of November that the kills interrupt."""

    def __init__(self, folder, **env):
        self.folder, self.base, self.snapshot = folder, folder / "preau.sqlite3", folder / "snapshot.sqlite3"
        self.env = {name: value for name, value in os.environ.items() if not name.startswith(("PREAU_", "DJANGO_"))}
        self.env |= {
            "PREAU_HOME": str(folder),
            "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
            "PREAU_SECRET_KEY": "kill-tests-" + "0123456789" * 5,
            **env,
        }
        children = [
            Child(
                f"TOUPIE {'ABCDEFGHIJKLMNOP'[n % 16]}",
                f"ZOÉ {'QRSTUVWXYZ'[n // 16]}",
                classroom=f"CP {n % 6}",
                class_id=str(n % 6),
                ine=f"{n:010d}A",
                born=datetime.date(2016, 1, 1) + datetime.timedelta(days=n),
            )
            for n in range(160)
        ]
        adults = [Adult(c.last, f"EVE {c.first}", mobile=f"06{n:08d}", children=(c,)) for n, c in enumerate(children)]
        self.run("-m", "tests.arrivals.base_state", "prepare")
        self.bring(self.files("before", children[:60], adults[:60]))
        moved = [
            replace(c, level="CE1", classroom="CE1 X", class_id="9") if n % 3 == 0 else c
            for n, c in enumerate(children)
        ]
        self.new = self.files("after", moved, [replace(a, home="0549000000") for a in adults])
        self.save()
        self.before = self.look()
        started = time.monotonic()
        self.bring(self.new)
        self.length = time.monotonic() - started
        self.after = self.look()

    def files(self, name, children, adults):
        paths = [self.folder / f"{name}-pupils.csv", self.folder / f"{name}-guardians.csv"]
        paths[0].write_bytes(pupils_file(children))
        paths[1].write_bytes(guardians_file(adults))
        return [str(path) for path in paths]

    def run(self, *words):
        done = subprocess.run([sys.executable, *words], cwd=ROOT, env=self.env, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def start(self, paths):
        words = ["-m", "preau", "import-onde", "--school", SCHOOL, "--pupils", paths[0], "--guardians", paths[1]]
        return subprocess.Popen(
            [sys.executable, *words], cwd=ROOT, env=self.env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )

    def bring(self, paths):
        assert self.start(paths).wait() == 0

    def look(self):
        return json.loads(self.run("-m", "tests.arrivals.base_state", "look"))

    def save(self):
        """Keeps the base as it is before the kills."""
        self.copy(self.base, self.snapshot)

    def settle(self):
        """Waits until nothing of a killed run is still at work in the base."""

    def reset(self):
        """The base as it was kept."""
        for end in ("", "-wal", "-shm"):
            Path(f"{self.base}{end}").unlink(missing_ok=True)
        self.copy(self.snapshot, self.base)

    @staticmethod
    def copy(source, target):
        old, new = sqlite3.connect(source), sqlite3.connect(target)
        old.backup(new)
        old.close()
        new.close()

    def kill_once(self, share):
        """Kills at that share of an ordinary run. Returns "nothing" or "all"; fails for anything between."""
        self.reset()
        running = self.start(self.new)
        time.sleep(self.length * share)
        return self.end(running)

    def kill_when(self, *instants):
        """Kills at the last of these instants, each waited for in its turn. Returns the same as `kill_once`, and
        whether the transaction was open."""
        self.reset()
        running = self.start(self.new)
        *before, last = instants
        for is_now in before:
            self.wait_for(is_now, running)
        while True:
            self.wait_for(last, running)
            running.send_signal(signal.SIGSTOP)  # what is seen now is so when it dies
            stopped = os.waitid(os.P_PID, running.pid, os.WSTOPPED | os.WEXITED | os.WNOWAIT)
            assert stopped.si_code == os.CLD_STOPPED
            if last():
                break
            running.send_signal(signal.SIGCONT)  # a lock of an instant: a connection that opens takes one too
        is_open = self.is_open()
        return self.end(running), is_open

    @staticmethod
    def wait_for(is_now, running):
        while not is_now() and running.poll() is None:
            pass

    def is_open(self):
        """Whether somebody holds the write lock: a transaction is open."""
        base = sqlite3.connect(self.base, timeout=0, isolation_level=None)
        try:
            base.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError:
            return True
        finally:
            base.close()
        return False

    def is_closed(self):
        return not self.is_open()

    def is_written(self):
        """Whether something of the transaction is on the disk already."""
        log = Path(f"{self.base}-wal")
        return log.exists() and log.stat().st_size > 0

    def end(self, running):
        """Kills, looks, and brings the files again."""
        running.send_signal(signal.SIGKILL)
        running.wait()
        self.settle()
        found = json.loads(self.run("-m", "tests.arrivals.base_state", "finish", *self.new))
        if found["digest"] == self.before["digest"]:
            outcome = "nothing"
        else:
            assert found["words"] == self.after["words"]
            outcome = "all"
        assert found["words_after"] == self.after["words"]
        assert (found["written"] == 0) == (outcome == "all")
        return outcome


class PostgresGround(Ground):
    """The same on a PostgreSQL, whose server outlives the killed process and ends what it was doing."""

    def __init__(self, folder, address, migrate):
        self.address, database = address, f"{address.rsplit('/', 1)[0]}/kills"
        self.sql("CREATE DATABASE kills")
        migrate(Home(folder / "tables", database))
        super().__init__(folder, PREAU_DATABASE_URL=database)
        assert not self.base.exists()

    def sql(self, *sentences):
        with psycopg.connect(self.address, autocommit=True) as connection:
            return [connection.execute(sentence).rowcount for sentence in sentences]

    def save(self):
        self.settle()
        self.sql("CREATE DATABASE before TEMPLATE kills")

    def settle(self):
        until = time.monotonic() + 30
        while self.sql("SELECT pid FROM pg_stat_activity WHERE datname = 'kills'") != [0]:
            assert time.monotonic() < until, "a killed run still holds the base"
            time.sleep(0.05)

    def reset(self):
        self.sql("DROP DATABASE kills WITH (FORCE)", "CREATE DATABASE kills TEMPLATE before")


@pytest.fixture(scope="module")
def on_postgres(tmp_path_factory, postgres_address, migrate):
    return PostgresGround(tmp_path_factory.mktemp("kills-pg"), postgres_address, migrate)


@pytest.fixture(scope="module")
def ground(tmp_path_factory, migrated):
    folder = tmp_path_factory.mktemp("kills")
    shutil.copy(migrated, folder)
    return Ground(folder)


def test_kills_at_the_worst_instants(ground):
    """As the transaction opens, as it is being written to the disk, as soon as it is over, and anywhere."""
    assert ground.before["words"] != ground.after["words"]
    assert ground.kill_when(ground.is_open) == ("nothing", True)
    assert ground.kill_when(ground.is_open, ground.is_written)[1]
    # What is on the disk came in a transaction: the lock of a connection that opens writes nothing.
    assert ground.kill_when(ground.is_written, ground.is_closed) == ("all", False)
    ground.kill_once(random.uniform(0.4, 1.15))


@pytest.mark.postgres
def test_five_kills_on_postgresql(on_postgres):
    assert on_postgres.before["words"] != on_postgres.after["words"]
    for share in (0.3, 0.6, 0.75, 0.9, 1.5):
        on_postgres.kill_once(share)


@pytest.mark.corpora
def test_a_hundred_kills(ground):
    assert set(kills(ground, 100)) == {"nothing", "all"}


@pytest.mark.corpora
@pytest.mark.postgres
def test_forty_kills_on_postgresql(on_postgres):
    assert set(kills(on_postgres, 40)) == {"nothing", "all"}


def kills(ground, count):
    draw = random.Random()
    return [ground.kill_once(draw.uniform(0.4, 1.15)) for _ in range(count)]
