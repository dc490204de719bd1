"""A worker killed as it writes who is expected, then as it queues their mails: each row is there once in the end."""

import contextlib
import shutil
import signal
import sqlite3
import subprocess

import pytest

from tests.home import Home
from tests.house.source import ROOT

pytestmark = [pytest.mark.processes, pytest.mark.kills]
FILL = """
import django
django.setup()
from django.utils import timezone
from preau.notify import actions
from preau.people.models import Account, Person
from preau.schools.models import Guardianship
from tests.spaces.places import publish_to
from tests.world import build_world
from preau.spaces import audiences
world, now = build_world(), timezone.now()
for number in range(40):
    person = Person.objects.create(first_name="Ana", last_name=f"Foule{number}")
    Account.objects.create(
        identifier=f"foule{number}", person=person, email=f"{number}@f.example", email_confirmed_at=now
    )
    Guardianship.objects.create(guardian=person, child=world.people["child_adam"], starts_on=world.before)
reached = audiences.keys(world.classrooms["cpb"], [audiences.Readers.FAMILIES])
publication = publish_to(world, world.classrooms["cpb"], reached=reached)
print(actions.announce(publication=publication, person=world.people["head"], now=now).pk)
"""
JOBS = """
import django, sys
django.setup()
from django.utils import timezone
from preau.kit import mail
from preau.notify import actions
from preau.notify.actions import freezing, telling
from tests.dying import dying
freezing.SLICE = telling.SLICE = 7
notice_id, when = sys.argv[1:]
if when == "freezing":
    freezing.Expected.objects.bulk_create = dying(freezing.Expected.objects.bulk_create, 2)
if when == "telling":
    mail.put_many = dying(mail.put_many, 4)  # a slice puts mails, then pushes, then texts: in the second one
actions.freeze(notice_id=notice_id, now=timezone.now())
actions.tell(notice_id=notice_id, now=timezone.now())
"""
COUNT = """
SELECT (SELECT count(*) FROM notify_expected),
       (SELECT count(*) FROM (SELECT DISTINCT person_id, child_id FROM notify_expected)),
       (SELECT count(*) FROM kit_outgoing WHERE kind = 'notify.notice'),
       (SELECT frozen_at IS NOT NULL FROM notify_notice),
       (SELECT told_at IS NOT NULL FROM notify_notice)
"""


@pytest.fixture
def home(tmp_path, migrated):
    home = Home(tmp_path / "home")
    home.path.mkdir()
    shutil.copy(migrated, home.path)
    return home


def test_killed_while_it_freezes_and_while_it_tells(home):
    (notice_id,) = home.python(FILL)

    def run(when):
        words = [ROOT / ".venv/bin/python", "-c", JOBS, notice_id, when]
        return subprocess.run(words, env=home.env, capture_output=True).returncode

    def counts():
        with contextlib.closing(sqlite3.connect(home.path / "preau.sqlite3")) as base:
            return base.execute(COUNT).fetchone()

    assert run("freezing") == -signal.SIGKILL
    assert counts() == (14, 14, 0, False, False)
    assert run("telling") == -signal.SIGKILL
    assert counts() == (44, 44, 3, True, False)  # of the first seven, four have no address
    assert run("never") == 0
    assert counts() == (44, 44, 40, True, True)
