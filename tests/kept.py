"""What the tests of a file begin with, done once by the acts themselves, then put back row by row.

    class Story:
        @kept
        def until(self, stage): ...

The first test that asks for it plays the acts; the rows they wrote are read from the base, and put there again for the
next test that asks for the same from the same beginning. What the objects of `world` and the thing itself held in
memory comes back too. Whatever was written or rolled back in between makes another beginning, and so does what a test
replaces in the product or its settings: there, the acts are played, as they are when they send a mail. A test about the
acts themselves calls them directly.
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

from django.apps import apps
from django.conf import UserSettingsHolder, settings
from django.core import mail
from django.db import connection
from django.db.models import Model
from django.utils.timezone import localdate

WRITTEN = re.compile(r'(?:INSERT (?:OR \w+ )?INTO|UPDATE|DELETE FROM|REPLACE INTO) "(\w+)"')
HARMLESS = ("SELECT", "SAVEPOINT", "RELEASE")
SIMPLE = (str, bytes, int, float, datetime.date, datetime.timedelta, uuid.UUID, Enum, type(None))


class Ground:
    """What is known of the base of the current test."""

    def __init__(self):
        self.monkeypatch = None
        self.at = None  # how it came to be what it is; None when nobody knows
        self.kept = {}  # {(at, what was asked): Kept}
        self.watching = []  # {table: {key: row} before}, of what is being played

    @contextmanager
    def of(self, kept, monkeypatch):
        """A test that begins on the world of its file, whose things are in `kept`."""
        self.monkeypatch = monkeypatch
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
    if at in GROUND.kept:
        found = GROUND.kept[at]
        result = found.put_back(known) if found else play()
    else:
        GROUND.watching.append({})
        try:
            result = play()
        finally:
            before = GROUND.watching.pop()
        GROUND.kept[at] = Kept.of(before, known, result) if len(mail.outbox) == mails else None
    GROUND.at = at if GROUND.kept[at] else None
    return result


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
