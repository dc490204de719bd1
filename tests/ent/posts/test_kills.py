"""A worker killed as a post leaves at its hour: it leaves once in the end, to each of its audiences."""

import contextlib
import signal
import sqlite3
import subprocess

import pytest

from tests.house.source import ROOT
from tests.notify.test_kill import home

__all__ = ["home"]
pytestmark = [pytest.mark.processes, pytest.mark.kills]
FILL = """
import django
django.setup()
from datetime import timedelta
from django.utils import timezone
from preau.ent.posts import actions
from tests.world import build_world
world, now = build_world(), timezone.now()
told = {"person": world.people["teacher"], "place": world.classrooms["cpb"], "scope": "class", "text": "Demain."}
actions.write_for_later(**told, leaves_at=now - timedelta(minutes=1), now=now - timedelta(hours=1))
"""
JOB = """
import django, sys
django.setup()
from django.utils import timezone
from preau.ent.posts import actions
from preau.spaces.actions import publishing
from tests.dying import dying
if sys.argv[1] == "told":
    publishing.record = dying(publishing.record, 0)  # its audiences are written by then
actions.leave_due(now=timezone.now())
"""
LEFT = """
SELECT (SELECT count(*) FROM spaces_reach), (SELECT state FROM spaces_publication),
       (SELECT leaves_at IS NOT NULL FROM posts_post)
"""


def test_killed_half_way_it_leaves_once(home):
    home.python(FILL)

    def run(when):
        words = [ROOT / ".venv/bin/python", "-c", JOB, when]
        return subprocess.run(words, env=home.env, capture_output=True).returncode

    def left():
        with contextlib.closing(sqlite3.connect(home.path / "preau.sqlite3")) as base:
            return base.execute(LEFT).fetchone()

    assert run("told") == -signal.SIGKILL and left() == (0, "draft", 1)
    assert run("whole") == 0 == run("again") and left() == (3, "published", 0)
