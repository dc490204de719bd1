"""What is written while the demo is played: which action wrote each field, and with which arguments."""

import re
import sys
from collections import defaultdict
from contextlib import contextmanager
from inspect import CO_VARKEYWORDS
from unittest.mock import patch

from django.db.models.sql.compiler import SQLInsertCompiler, SQLUpdateCompiler

ACTIONS = re.compile(r"preau\.(?!demo\b)[\w.]+?\.actions(\.|$)")
EMPTY = (None, "", [], {}, False)


class Written:
    """`acts`: {(module, function): {(model, field)}} of what each action wrote, the outermost of its call; `given`:
    {the same: names of the arguments it was called with}; `direct`: {module: {(model, field)}} of what no action
    wrote. Modules are named without « preau. »."""

    def __init__(self):
        self.acts, self.given, self.direct = defaultdict(set), defaultdict(set), defaultdict(set)

    def note(self, model, names):
        """`names`: the fields just written."""
        if not model.__module__.startswith("preau."):
            return
        pairs = {(model._meta.label, name) for name in names}
        act, nearest = _who_writes(sys._getframe(2))
        if act is None:
            self.direct[nearest] |= pairs
            return
        key = (act.f_globals["__name__"].removeprefix("preau."), act.f_code.co_name)
        self.acts[key] |= pairs
        self.given[key] |= _given(act)


def _who_writes(frame):
    """(the outermost frame of an action or None, the module of ours nearest to the write)"""
    act, nearest = None, ""
    while frame:
        module = frame.f_globals.get("__name__", "")
        if module.startswith("preau."):
            nearest = nearest or module.removeprefix("preau.")
            is_function = frame.f_code.co_qualname == frame.f_code.co_name
            if ACTIONS.match(module) and is_function and not frame.f_code.co_name.startswith(("_", "<")):
                act = frame
        frame = frame.f_back
    return act, nearest


def _given(frame):
    """Arguments that are not empty, those inside a `**` too."""
    code, values = frame.f_code, frame.f_locals
    count = code.co_argcount + code.co_kwonlyargcount
    names = {name for name in code.co_varnames[:count] if not _is_empty(values.get(name))}
    if code.co_flags & CO_VARKEYWORDS:
        more = values.get(code.co_varnames[count], {})
        names |= {name for name, value in more.items() if not _is_empty(value)}
    return names


def _is_empty(value):
    return any(value is each for each in EMPTY) or (isinstance(value, str | list | dict | tuple) and not value)


@contextmanager
def recorded():
    """Yields a Written that fills as long as this lasts: whatever Django inserts or updates passes there."""
    written = Written()
    insert, update = SQLInsertCompiler.execute_sql, SQLUpdateCompiler.execute_sql

    def inserted(self, *args, **kwargs):
        written.note(self.query.get_meta().model, [f.name for f in self.query.fields if _is_told(f, self.query.objs)])
        return insert(self, *args, **kwargs)

    def updated(self, *args, **kwargs):
        written.note(self.query.get_meta().model, [field.name for field, _, _ in self.query.values])
        return update(self, *args, **kwargs)

    with (
        patch.object(SQLInsertCompiler, "execute_sql", inserted),
        patch.object(SQLUpdateCompiler, "execute_sql", updated),
    ):
        yield written


def _is_told(field, rows):
    """Whether a row gives the field something else than nothing or its default."""
    if field.primary_key:
        return False
    default = None if callable(field.default) else field.get_default()
    return any((value := getattr(row, field.attname)) != default and not _is_empty(value) for row in rows)
