"""A city's announcement whose list is frozen and told, whose mails and pushes leave and whose receipts come back, by
processes killed again and again: each counted to the row in the end.

A few hundred guardians in each run, 100,000 under --corpora.
"""

import contextlib
import signal
import sqlite3
import subprocess
import sys
import time
from functools import partial

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
from preau.notify.models import PushDevice
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
    PushDevice.objects.bulk_create(
        PushDevice(person_id=who[n], endpoint=f"https://x/{n}", endpoint_digest=n, p256dh="a", auth="b", asked_at=now)
        for n in range(start, min(start + CHUNK, guardians), 4)
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
LEAVING = """
import datetime, django, sys
django.setup()
from django.conf import settings
from django.utils import timezone
from preau.ent.announcements import actions
from preau.ent.announcements.models import Announcement
from preau.kit.mail import outbox, sending
from preau.kit.outbound.push import Push
from preau.notify.models import Expected, Notice
from preau.notify.queries import leaves_at
from tests.dying import dying
when, at, turn, every = sys.argv[1], *map(int, sys.argv[2:])
announcement, notice = Announcement.objects.get(), Notice.objects.get()
tomorrow = timezone.localtime() + datetime.timedelta(days=1)
now = leaves_at(notice.publication.place, tomorrow.replace(hour=10)) + datetime.timedelta(minutes=20 * turn)
settings.MAIL_PER_MINUTE, settings.MAIL_LEAVES, Push.leave = 10**6, True, lambda self, message_id: None
left = (lambda *words, **named: None)
sending.send_text = dying(left, at) if when == "leaving" else left
if when != "reading":
    outbox.send_due(now=now)
seen = dying(actions.acknowledge, at) if when == "reading" else actions.acknowledge
people = Expected.objects.filter(notice=notice).order_by("person").select_related("person")[::every]
for row in people if when != "leaving" else ():
    seen(person=row.person, announcement=announcement, now=now)
"""
LEFT = """
SELECT (SELECT count(*) FROM notify_telling WHERE way = 'mail' AND "end" = 'left'),
       (SELECT count(*) FROM notify_telling WHERE way = 'push' AND "end" = 'left'),
       (SELECT count(*) FROM notify_telling),
       (SELECT count(*) FROM kit_outgoing WHERE state = 'waiting'),
       (SELECT count(*) FROM notify_expected WHERE seen_at IS NOT NULL)
"""
TWICE = """
SELECT count(*) - count(DISTINCT person_id) FROM notify_expected
UNION ALL SELECT count(*) - count(DISTINCT key) FROM kit_outgoing WHERE kind = 'notify.notice'
"""


def play(home, guardians, slices, to_tell, quarters, every):
    """Killed at these quarters of the list, of the telling, then as mails leave, and as one in `every` reads."""
    home.python(FILL, str(guardians))
    run, read = partial(_run, home, guardians), partial(_read, home)
    jobs = partial(run, JOBS, guardians // slices, guardians // to_tell)
    for quarter in quarters:
        assert jobs("freezing", slices * quarter // 4) == -signal.SIGKILL
        rows = guardians * quarter // 4
        assert read(COUNT) == [(rows, rows, 0, False, False)]
    for quarter in quarters:
        assert jobs("telling", to_tell * quarter // 4) == -signal.SIGKILL
        assert read(COUNT) == [(guardians, guardians, guardians * quarter // 4, True, False)]
    assert jobs("to the end") == 0 == jobs("to the end")
    assert read(COUNT) == [(guardians, guardians, guardians, True, True)]
    assert read(TWICE) == [(0,), (0,)]
    for turn, _ in enumerate(quarters, 1):
        assert run(LEAVING, turn, every, "leaving", guardians // 4) == -signal.SIGKILL
        mails, _, told, waits, _ = read(LEFT)[0]
        assert mails == guardians // 4 * turn and waits == guardians * 5 // 4 - told - 1, "one is in doubt"
    readers = -(-guardians // every)
    last = len(quarters) + 2
    assert run(LEAVING, last, every, "leaving", guardians) == 0
    assert run(LEAVING, last, every, "reading", readers // 2) == -signal.SIGKILL
    assert read(LEFT)[0][-1] == readers // 2
    assert run(LEAVING, last, every, "to the end") == 0 == run(LEAVING, last, every, "to the end")
    assert read(LEFT) == [(guardians, guardians // 4, guardians * 5 // 4, 0, readers)]


def _run(home, guardians, code, *fixed):
    *fixed, when, at = fixed if isinstance(fixed[-1], int) and isinstance(fixed[-2], str) else (*fixed, 0)
    words = [str(word) for word in (ROOT / ".venv/bin/python", "-c", code, when, at, *fixed)]
    start = time.perf_counter()
    done = subprocess.run(words, env=home.env, capture_output=True, text=True)
    print(f"{guardians} {when} at {at}: {time.perf_counter() - start:.1f} s {done.stderr[-300:]}", file=sys.stderr)
    return done.returncode


def _read(home, query):
    with contextlib.closing(sqlite3.connect(home.path / "preau.sqlite3")) as base:
        return base.execute(query).fetchall()


def test_killed_at_each_quarter_of_a_list_each_is_expected_told_and_read_once(home):
    play(home, guardians=400, slices=40, to_tell=20, quarters=(1, 3), every=10)


@pytest.mark.corpora
def test_a_list_of_a_hundred_thousand_killed_ten_times_is_complete(home):
    play(home, guardians=100_000, slices=200, to_tell=500, quarters=(1, 2, 3), every=100)
