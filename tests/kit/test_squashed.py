"""The migrations that stand for many (decision 0037): a new base plays them, a base of before goes on by its own."""

import re
import sqlite3
from contextlib import closing

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from tests.home import Home

# Plays the migrations that were replaced, one by one: of the rooms squashed first, then what came since, which leans on
# those that stand for them, with the former ones of the rooms squashed later; last what stands for these, recorded.
FORMER = """
import django
django.setup()
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
executor = MigrationExecutor(connection)
executor.loader = MigrationLoader(connection, replace_migrations=False)
made = executor.loader.disk_migrations.items()
squashed = {key: max(one.replaces) for key, one in made if one.replaces and one.__module__.startswith("preau.")}
leaning = lambda last: any(one.replaces for one, _ in executor.migration_plan([last]))
later = {key for key, last in squashed.items() if leaning(last)}
executor.migrate([last for key, last in squashed.items() if key not in later])
load_disk = MigrationLoader.load_disk
def load_former(self):
    load_disk(self)
    for key in later:
        del self.disk_migrations[key]
MigrationLoader.load_disk = load_former
call_command("migrate", verbosity=0)
MigrationLoader.load_disk = load_disk
call_command("migrate", verbosity=0)
"""


@pytest.fixture(autouse=True)
def migrations_read(settings):
    """The suite makes its tables from the models."""
    settings.MIGRATION_MODULES = {}


def squashed():
    """{key: migration} of Préau's own."""
    found = MigrationLoader(None).disk_migrations.items()
    return {key: made for key, made in found if made.replaces and made.__module__.startswith("preau.")}


@pytest.fixture
def plan_of(monkeypatch):
    """plan_of(applied): the keys that `migrate` would play on a base where those are done."""

    def ask(applied):
        monkeypatch.setattr(MigrationRecorder, "applied_migrations", lambda self: dict.fromkeys(applied))
        executor = MigrationExecutor(connection)
        plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
        return {(migration.app_label, migration.name) for migration, _ in plan}

    return ask


def test_each_stands_for_all_that_its_room_had_before_it():
    on_disk = MigrationLoader(None).disk_migrations
    assert len(squashed()) >= 33
    for (room, name), migration in squashed().items():
        last = name.removeprefix("0001_squashed_")
        before = {key for key, other in on_disk.items() if key[0] == room and not other.replaces and key[1] <= last}
        assert set(migration.replaces) == before, room


def test_a_base_plays_either_those_of_before_or_what_stands_for_them(plan_of):
    every, short = set(MigrationLoader(None).disk_migrations), set(squashed())
    former = {key for migration in squashed().values() for key in migration.replaces}
    assert plan_of([]) & (short | former) == short
    assert plan_of(every - short) & (short | former) == set()
    begun = {key for key in former if key[1] < "0003"}  # an upgrade of long ago, each room somewhere
    rest = plan_of(begun)
    assert rest & former == former - begun
    assert [key for key in rest & short if begun & set(squashed()[key].replaces)] == []


def tables_of(base):
    """{(kind, name): what makes it}, the columns of a table in the order of their names."""
    found = {}
    with closing(sqlite3.connect(base)) as asked:
        rows = asked.execute("SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'").fetchall()
    for kind, name, sql in rows:
        flat = re.sub(r"\s+", " ", sql or "")
        inside = flat[flat.find("(") + 1 : flat.rfind(")")] if kind == "table" else flat
        found[kind, name] = sorted(re.split(r", (?=\"|CONSTRAINT)", inside))
    return found


@pytest.mark.corpora
@pytest.mark.processes
def test_both_ways_make_the_same_tables(migrated, tmp_path):
    home = Home(tmp_path)
    home.python(FORMER)
    former, made = (tables_of(base) for base in (tmp_path / "preau.sqlite3", migrated))
    assert former == made and len(made) > 700
