"""What the tests of a file begin with, done once by the acts themselves, then put back row by row.

    class Story:
        @kept
        def until(self, stage): ...

The first test that asks for it plays the acts; the rows they wrote are read from the base, and put there again for the
next test that asks for the same from the same beginning. What the objects of `world` and the thing itself held in
memory comes back too. Whatever was written or rolled back in between makes another beginning, and so does what a test
replaces in the product or its settings: there, the acts are played, as they are when they send a mail. A test about the
acts themselves calls them directly.

The world itself is made once for several files, and what they kept goes from one to the next: for AGE seconds, as a
test may undo or send what was done minutes ago.
"""

import datetime
import io
import pickle
import re
import uuid
from contextlib import contextmanager
from enum import Enum
from functools import cache, partial, wraps
from inspect import signature
from pathlib import Path
from time import monotonic

from django.apps import apps
from django.conf import UserSettingsHolder, settings
from django.core import mail
from django.db import connection, transaction
from django.db.models import Model
from django.utils.timezone import localdate

WRITTEN = re.compile(r'(?:INSERT (?:OR \w+ )?INTO|UPDATE|DELETE FROM|REPLACE INTO) "(\w+)"')
HARMLESS = ("SELECT", "SAVEPOINT", "RELEASE")
AGE = 100
OF_DJANGO = ("auth", "contenttypes")  # filled with the tables
SIMPLE = (str, bytes, int, float, datetime.date, datetime.timedelta, uuid.UUID, Enum, type(None))


class Ground:
    """What is known of the base of the current test."""

    def __init__(self):
        self.monkeypatch, self.file = None, ""
        self.at = None  # how it came to be what it is; None when nobody knows
        self.kept = {}  # {(at, what was asked): Kept}
        self.watching = []  # {table: {key: row} before}, of what is being played

    @contextmanager
    def of(self, kept, monkeypatch, file=""):
        """A test of this file that begins on the world; what was done from there is in `kept`."""
        self.monkeypatch, self.file = monkeypatch, file
        self.at, self.kept = ("world", localdate(), str(settings.FILES_ROOT)), kept
        with connection.execute_wrapper(self.look):
            yield
        self.at, self.kept = None, {}

    def look(self, execute, sql, params, many, context):
        if not sql.startswith(HARMLESS):
            written = WRITTEN.match(sql)
            self.at = None
            if not sql.startswith("ROLLBACK TO"):
                self.note(written and written[1])
        return execute(sql, params, many, context)

    def changed(self):
        """What the test has replaced in the product, in a form to compare; None when it is not said by that."""
        if isinstance(settings._wrapped, UserSettingsHolder):
            return None
        found = [(name, getattr(where, name, None)) for where, name, _ in self.monkeypatch._setattr]
        if any(not hasattr(value, "__code__") or value.__closure__ for _, value in found):
            return None
        return tuple((name, value.__code__) for name, value in found)

    def note(self, table):
        for before in self.watching:
            if table not in before:
                before[table] = rows_of(table) if table else None


GROUND = Ground()


class Worlds:
    """The world that the files of this process begin with."""

    def __init__(self):
        self.made = {}  # {(which, day, where files are): (when, the world, its rows, what the files kept)}

    def put(self, build):
        """Writes the world in a base where nothing is; returns it, pickled, and what the files kept of it."""
        asked = build.__name__, localdate(), str(settings.FILES_ROOT)
        if holds_something():
            return pickle.dumps(build()), {}
        if asked not in self.made or monotonic() - self.made[asked][0] > AGE:
            self.made[asked] = self.make(build)
            return self.made[asked][1], self.made[asked][3]
        _, world, rows, stories = self.made[asked]
        with transaction.atomic():
            for table, come in rows.items():
                write(table, (), come)
        return world, stories

    def make(self, build):
        begun = monotonic()
        GROUND.watching.append({})
        try:
            with connection.execute_wrapper(GROUND.look):
                world = pickle.dumps(build())
        finally:
            before = GROUND.watching.pop()
        return begun, world, {table: list(rows_of(table).values()) for table in before}, {}


WORLDS = Worlds()


def holds_something():
    """Whether a row of a model is there."""
    tables = " UNION ALL ".join(f'SELECT 1 WHERE EXISTS (SELECT 1 FROM "{table}")' for table in tables_of_models())
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT 1 FROM ({tables}) AS held LIMIT 1")
        return cursor.fetchone() is not None


@cache
def tables_of_models():
    models = apps.get_models(include_auto_created=True)
    return sorted({model._meta.db_table for model in models if model._meta.app_label not in OF_DJANGO})


def kept(method):
    """For a method of what holds a `world`, its `__init__`, or a function of the world or of what holds one."""

    first = next(iter(signature(method).parameters))

    @wraps(method)
    def done_once(*args, **kwargs):
        holder, *rest = args or [kwargs[first]]
        world, *given = rest if method.__name__ == "__init__" else (getattr(holder, "world", holder), *rest)
        said = {name: value for name, value in kwargs.items() if value is not holder}
        asked = key_of((method.__module__, method.__qualname__, type(holder).__qualname__, given, said))
        return once(asked, partial(method, *args, **kwargs), world, holder, *given, *said.values())

    return done_once


def once(asked, play, world, *held):
    """What `play` returns; `held` are the objects it may change in memory."""
    begun = GROUND.at
    if None in (begun, asked, changed := begun and GROUND.changed()):
        return play()
    known, at, mails = names_of(world, held), (begun, asked, changed), len(mail.outbox)
    here = GROUND.file, at  # what writes files is kept for the file alone: another may sweep them
    if at in GROUND.kept or here in GROUND.kept:
        found = GROUND.kept.get(at) or GROUND.kept.get(here)
        result = found.put_back(known) if found else play()
    else:
        files = files_there()
        GROUND.watching.append({})
        try:
            result = play()
        finally:
            before = GROUND.watching.pop()
        found = Kept.of(before, known, result) if len(mail.outbox) == mails else None
        GROUND.kept[at if files_there() == files else here] = found
    GROUND.at = at if found else None
    return result


def files_there():
    return {path: path.stat().st_mtime_ns for path in Path(settings.FILES_ROOT).rglob("*")}


def names_of(world, held):
    """{name: object} of what a test holds already, and finds again as the acts would leave it."""
    named = {("held", number): each for number, each in enumerate((world, *held)) if hasattr(each, "__dict__")}
    for attribute, shelf in vars(world).items():
        if isinstance(shelf, dict):
            named |= {(attribute, name): each for name, each in shelf.items() if isinstance(each, Model)}
    return named


def key_of(value):
    """What is asked in a form to compare; None when it is not said by values."""
    if isinstance(value, SIMPLE):
        return type(value).__name__, value
    if isinstance(value, Model):
        return value._meta.label, value.pk
    if isinstance(value, dict):
        value = sorted(value.items())
    if isinstance(value, (list, tuple)):
        keys = tuple(map(key_of, value))
        return None if None in keys else keys
    return None


class Kept:
    """The rows that the acts took away and wrote, and what they left in memory."""

    @classmethod
    def of(cls, before, known, result):
        """None for what cannot be kept."""
        if None in before or None in before.values():
            return None
        kept = cls()
        kept.rows = {table: changes(rows, rows_of(table)) for table, rows in before.items()}
        names, memory = {id(each): name for name, each in known.items()}, io.BytesIO()
        pickler = pickle.Pickler(memory)
        pickler.persistent_id = lambda each: names.get(id(each))
        try:
            pickler.dump((result, {name: vars(each) for name, each in known.items()}))
        except (pickle.PicklingError, TypeError, AttributeError):
            return None
        kept.memory = memory.getvalue()
        return kept

    def put_back(self, known):
        for table, (gone, come) in self.rows.items():
            GROUND.note(table)
            write(table, gone, come)
        reader = pickle.Unpickler(io.BytesIO(self.memory))
        reader.persistent_load = known.__getitem__
        result, memory = reader.load()
        for name, each in known.items():
            vars(each).clear()
            vars(each).update(memory[name])
        return result


def changes(before, after):
    """(keys of the rows gone or changed, rows come or changed)"""
    gone = [key for key, row in before.items() if after.get(key) != row]
    return gone, [row for key, row in after.items() if before.get(key) != row]


@cache
def columns_of(table):
    """Its columns, quoted, the key first; None for what is no table of a model."""
    for model in apps.get_models(include_auto_created=True):
        if model._meta.db_table == table:
            names = [field.column for field in model._meta.local_concrete_fields]
            return [f'"{name}"' for name in sorted(names, key=lambda name: name != model._meta.pk.column)]
    return None


def rows_of(table):
    """{key: row} as the base holds them; by its own connection, which `look` does not see."""
    columns = columns_of(table)
    if columns is None:
        return None
    cursor = connection.connection.cursor()
    if connection.vendor == "sqlite":  # « + », or its values would be made into dates
        return {row[0]: row for row in cursor.execute(f'SELECT {", ".join(f"+{c}" for c in columns)} FROM "{table}"')}
    with cursor.copy(f'COPY "{table}" ({", ".join(columns)}) TO STDOUT') as told:
        lines = b"".join(told).splitlines(keepends=True)
    return {line.split(b"\t", 1)[0].rstrip().decode(): line for line in lines}


def write(table, gone, come):
    columns = columns_of(table)
    cursor = connection.connection.cursor()
    if connection.vendor == "sqlite":
        cursor.executemany(f'DELETE FROM "{table}" WHERE {columns[0]} = ?', [(key,) for key in gone])
        marks = ", ".join("?" * len(columns))
        cursor.executemany(f'INSERT INTO "{table}" ({", ".join(columns)}) VALUES ({marks})', come)
        return
    if gone:
        cursor.execute(f'DELETE FROM "{table}" WHERE {columns[0]}::text = ANY(%s)', [gone])
    with cursor.copy(f'COPY "{table}" ({", ".join(columns)}) FROM STDIN') as told:
        for row in come:
            told.write(row)
