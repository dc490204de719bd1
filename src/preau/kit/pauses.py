"""A base that is away for a while: restarted, stopped, its write lock held by another program. A disk that is full."""

import errno
import sqlite3
from contextlib import contextmanager

from django.db import DatabaseError, InterfaceError, OperationalError, connection

AWAY_CODES = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_CANTOPEN}
# PostgreSQL: connection lost, server stopping or starting, no connection left.
AWAY_STATES = ("08", "57P", "53300")
ERRORS = (DatabaseError, InterfaceError)


def is_pause(failure) -> bool:
    """Whether the error is temporary: nothing is wrong with the query, and a retry in a while may succeed."""
    if isinstance(failure, InterfaceError):
        return True
    if not isinstance(failure, OperationalError):
        return False
    code = getattr(failure.__cause__, "sqlite_errorcode", None)
    if code is not None:
        return code & 0xFF in AWAY_CODES
    state = getattr(failure.__cause__, "sqlstate", None)
    return state is None or state.startswith(AWAY_STATES)


def is_full(failure) -> bool:
    """Whether a disk took no more: that of the base, or of the files. What was read before is still read."""
    if isinstance(failure, DatabaseError):
        cause = failure.__cause__
        code, state = getattr(cause, "sqlite_errorcode", 0), getattr(cause, "sqlstate", "")
        return code & 0xFF == sqlite3.SQLITE_FULL or state == "53100"
    return isinstance(failure, OSError) and failure.errno in (errno.ENOSPC, errno.EDQUOT)


@contextmanager
def brief_wait(milliseconds):
    """What writes inside waits no longer for SQLite's lock; PostgreSQL locks rows, not the base."""
    if connection.vendor != "sqlite":
        yield
        return
    connection.ensure_connection()
    base = connection.connection
    usual = base.execute("PRAGMA busy_timeout").fetchone()[0]
    base.execute(f"PRAGMA busy_timeout = {milliseconds}")
    try:
        yield
    finally:
        base.execute(f"PRAGMA busy_timeout = {usual}")


def takes_writes(milliseconds) -> bool:
    """Whether a write transaction could begin within that time; writes nothing."""
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        return True
    try:
        with brief_wait(milliseconds), connection.cursor() as cursor:
            cursor.execute("BEGIN IMMEDIATE")
            cursor.execute("ROLLBACK")
    except OperationalError:
        return False
    return True
