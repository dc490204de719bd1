"""A base of before a constraint, inside a test that gives the constraint back."""

from contextlib import contextmanager

from django.db import connection


def before(constraint):
    """The base as it was before this constraint: both bases keep it as an index, and the test gives it back."""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP INDEX {constraint}")


@contextmanager
def unchecked(table, constraint):
    """The same of a constraint on one row."""
    is_sqlite = connection.vendor == "sqlite"
    connection.check_constraints()  # PostgreSQL alters no table that has ties to check at the end of a transaction
    with connection.cursor() as cursor:
        cursor.execute(
            "PRAGMA ignore_check_constraints = ON" if is_sqlite else f"ALTER TABLE {table} DROP CONSTRAINT {constraint}"
        )
        try:
            yield
        finally:
            if is_sqlite:
                cursor.execute("PRAGMA ignore_check_constraints = OFF")
