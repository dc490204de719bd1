"""Rows made once for the tests of a file: each test writes above them, and undoes what it wrote itself."""

from contextlib import contextmanager

from django.db import transaction


@contextmanager
def standing(django_db_blocker):
    """Rows written inside stay for the file, then go. For files whose tests need no transaction of their own."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)
