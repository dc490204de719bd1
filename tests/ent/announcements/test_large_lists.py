"""A city's announcement whose list is frozen and told by workers killed again and again: counted to the row in the end.

A few hundred guardians in each run, 100,000 under --corpora.
"""

import contextlib
import signal
import sqlite3
import subprocess
import sys
import time

import pytest

from tests.house.source import ROOT
from tests.notify.test_kill import COUNT, home

__all__ = ["home"]
pytestmark = [pytest.mark.processes, pytest.mark.kills]
FILL = """
import datetime, django, sys
django.setup()
from django.utils import timezone
from bench.announcing import CHUNK, fill
from preau.ent.announcements import actions, queries
from preau.people.models import Account
from preau.schools.models import Guardianship
guardians = int(sys.argv[1])
person, city = fill(1, guardians)
now, who = timezone.now(), list(Guardianship.objects.values_list("guardian", flat=True))
for start in range(0, guardians, CHUNK):
    Account.objects.bulk_create(
        Account(identifier=f"foule{n}", person_id=who[n], email=f"{n}@f.example", email_confirmed_at=now)
        for n in range(start, min(start + CHUNK, guardians))
    )
said = {"title": "Pas de cantine", "text": "Un pique-nique.", "level": "receipt", "readers": "families"}
written = actions.write_announcement(person=person, place=city, now=now, **said)
told = queries.told_by(written, timezone.localdate(now)).high
by = {"person": person, "announcement": written, "has_shown_factor": True}
actions.confirm_sending(told_count=told, now=now - datetime.timedelta(minutes=2), **by)
"""
JOBS = """
import django, sys
django.setup()
from django.utils import timezone
from preau.ent.announcements import actions as announcements
from preau.notify import actions
from preau.notify.actions import freezing, telling
from preau.notify.models import Notice
from tests.dying import dying
when, at, freezing.SLICE, telling.SLICE = sys.argv[1], *map(int, sys.argv[2:])
now = timezone.now()
if when == "freezing":
    freezing.Expected.objects.bulk_create = dying(freezing.Expected.objects.bulk_create, at)
if when == "telling":
    telling._queue = dying(telling._queue, at)
announcements.publish_due(now=now)
notice = Notice.objects.get()
actions.freeze(notice_id=notice.pk, now=now)
actions.tell(notice_id=notice.pk, now=now)
"""
TWICE = """
SELECT count(*) - count(DISTINCT person_id) FROM notify_expected
UNION ALL SELECT count(*) - count(DISTINCT key) FROM kit_outgoing WHERE kind = 'notify.notice'
"""


def play(home, guardians, slices, to_tell, quarters):
    """Killed at these quarters of the list, then of the telling."""
    home.python(FILL, str(guardians))

    def run(when, at=0):
        words = [ROOT / ".venv/bin/python", "-c", JOBS, when, at, guardians // slices, guardians // to_tell]
        start = time.perf_counter()
        code = subprocess.run([str(word) for word in words], env=home.env, capture_output=True).returncode
        print(f"{guardians} {when} at {at}: {counts()}, {time.perf_counter() - start:.1f} s", file=sys.stderr)
        return code

    def counts():
        with contextlib.closing(sqlite3.connect(home.path / "preau.sqlite3")) as base:
            return base.execute(COUNT).fetchone()

    for quarter in quarters:
        assert run("freezing", slices * quarter // 4) == -signal.SIGKILL
        rows = guardians * quarter // 4
        assert counts() == (rows, rows, 0, False, False)
    for quarter in quarters:
        assert run("telling", to_tell * quarter // 4) == -signal.SIGKILL
        assert counts() == (guardians, guardians, guardians * quarter // 4, True, False)
    assert run("to the end") == 0 == run("to the end")
    assert counts() == (guardians, guardians, guardians, True, True)
    with contextlib.closing(sqlite3.connect(home.path / "preau.sqlite3")) as base:
        assert base.execute(TWICE).fetchall() == [(0,), (0,)]


def test_killed_at_each_quarter_of_a_list_it_is_complete_and_each_is_told_once(home):
    play(home, guardians=400, slices=40, to_tell=20, quarters=(1, 3))


@pytest.mark.corpora
def test_a_list_of_a_hundred_thousand_killed_six_times_is_complete(home):
    play(home, guardians=100_000, slices=200, to_tell=500, quarters=(1, 2, 3))
