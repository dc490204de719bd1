"""A worker killed as an announcement leaves, as its list is frozen, as its mails are queued: counted to the row."""

import contextlib
import signal
import sqlite3
import subprocess

import pytest

from tests.house.source import ROOT
from tests.notify.test_kill import COUNT, home

__all__ = ["home"]
pytestmark = [pytest.mark.processes, pytest.mark.kills]
FILL = """
import django
django.setup()
from django.utils import timezone
from preau.people.models import Account, Person
from preau.schools.models import Guardianship
from tests.ent.announcements.acts import MINUTE, confirm, write
from tests.world import build_world
world, now = build_world(), timezone.now()
for number in range(40):
    person = Person.objects.create(first_name="Ana", last_name=f"Foule{number}")
    Account.objects.create(
        identifier=f"foule{number}", person=person, email=f"{number}@f.example", email_confirmed_at=now
    )
    Guardianship.objects.create(guardian=person, child=world.people["child_adam"], starts_on=world.before)
confirm(world, write(world), at=now - 2 * MINUTE)
"""
JOBS = """
import django, sys
django.setup()
from django.utils import timezone
from preau.ent.announcements import actions as announcements
from preau.kit import mail
from preau.notify import actions
from preau.notify.actions import freezing, telling
from preau.notify.models import Notice
from preau.spaces.models import Reach
from tests.dying import dying
freezing.SLICE = telling.SLICE = 7
when, now = sys.argv[1], timezone.now()
if when == "publishing":
    Notice.objects.create = dying(Notice.objects.create, 0)
if when == "freezing":
    freezing.Expected.objects.bulk_create = dying(freezing.Expected.objects.bulk_create, 2)
if when == "telling":
    mail.put_many = dying(mail.put_many, 4)  # a slice puts mails, then pushes, then texts: in the second one
announcements.publish_due(now=now)
for notice in Notice.objects.all():
    actions.freeze(notice_id=notice.pk, now=now)
    actions.tell(notice_id=notice.pk, now=now)
"""
PUBLISHED = "SELECT (SELECT count(*) FROM spaces_reach), (SELECT count(*) FROM notify_notice)"


def test_killed_anywhere_it_leaves_once_and_everybody_is_expected_once(home):
    home.python(FILL)

    def run(when):
        words = [ROOT / ".venv/bin/python", "-c", JOBS, when]
        return subprocess.run(words, env=home.env, capture_output=True).returncode

    def counts(what=COUNT):
        with contextlib.closing(sqlite3.connect(home.path / "preau.sqlite3")) as base:
            return base.execute(what).fetchone()

    assert run("publishing") == -signal.SIGKILL
    assert counts(PUBLISHED) == (0, 0)
    assert run("freezing") == -signal.SIGKILL
    assert counts(PUBLISHED) == (1, 1) and counts() == (14, 14, 0, False, False)
    assert run("telling") == -signal.SIGKILL
    expected = counts()[0]
    assert counts() == (expected, expected, counts()[2], True, False) and counts()[2] < 40
    assert run("never") == 0 == run("never")
    assert counts(PUBLISHED) == (1, 1) and counts() == (expected, expected, 40, True, True) and expected == 49
