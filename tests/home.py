"""A home of its own, used from other processes as an operator would: for backups, kills and restores."""

import os
import subprocess

from tests import forks
from tests.house.source import ROOT

FILL = """
import datetime, sys, django
django.setup()
from pathlib import Path
from django.conf import settings
from tests.world import build_world
world = build_world()
str(settings.SECRET_KEY)  # made when something is first signed, and this home has served
folder = Path(settings.FILES_ROOT) / "pictures"
folder.mkdir(parents=True, exist_ok=True)
for number in range(3):
    (folder / f"{number}.jpg").write_bytes(bytes([number]) * 5000)
passing = Path(settings.FILES_ROOT) / "private" / "sheets"
passing.mkdir(parents=True, exist_ok=True)
(passing / "codes.pdf").write_text("un code vivant")
print(world.people["child_lina"].pk, world.people["guardian_other_family"].pk)  # no judge decided of them
"""

# From the models, as `pytest --nomigrations` does: migrations take several seconds.
TABLES = """
import django
from django.conf import settings
from django.core.management import call_command
class NoMigrations:
    def __contains__(self, app):
        return True
    def __getitem__(self, app):
        return None
settings.MIGRATION_MODULES = NoMigrations()
django.setup()
call_command("migrate", run_syncdb=True, verbosity=0)
"""


class Home:
    """A home of its own, used from other processes as an operator would: each starts, or, when `is_forked`, comes from
    one where Préau is loaded (tests/forks.py)."""

    def __init__(self, path, database="", *, is_forked=False):
        self.path, self.is_forked = path, is_forked
        self.env = {**os.environ, "PREAU_HOME": str(path), "PYTHONPATH": f"{ROOT}/src:{ROOT}", "PREAU_SECRET_KEY": ""}
        for name in ("PYTEST_XDIST_WORKER", "PREAU_DATABASE_URL"):
            self.env.pop(name, None)
        self.env["DJANGO_SETTINGS_MODULE"] = "config.settings.dev"
        if database:
            self.env["PREAU_DATABASE_URL"] = database

    def run(self, *words):
        if self.is_forked:
            ended, said, errors = forks.run(None, words, self.env)
            return ended, said + errors
        done = subprocess.run([ROOT / "bin" / "preau", *words], env=self.env, capture_output=True, text=True)
        return done.returncode, done.stdout + done.stderr

    def python(self, code, *words):
        if self.is_forked:
            ended, said, errors = forks.run(code, words, self.env)
            assert ended == 0, errors
            return said.split()
        done = subprocess.run(
            [ROOT / ".venv/bin/python", "-c", code, *words], env=self.env, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.split()

    def make_tables(self):
        self.python(TABLES)

    def verify(self, *, whole=True):
        code, text = self.run("verify", *["--whole"] * whole)
        assert code == 0, text
        return text
