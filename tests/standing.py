"""Rows made once for the tests of a file: each test writes above them, and undoes what it wrote itself."""

from contextlib import contextmanager

from django.db import connection, transaction

FOR_GOOD = {"transactional_db", "live_server"}


@contextmanager
def standing(django_db_blocker):
    """Rows written inside stay for the file, then go. For files whose tests need no transaction of their own."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


def settle():
    """Has the foreign keys written so far checked now, once: PostgreSQL would check those of what stands again after
    each test above it, six seconds each on the demo's world."""
    connection.check_constraints()


def may_share(items, path) -> bool:
    """Whether what a file's tests ask for may stand for the whole file: none of them writes for good."""
    return not any(
        FOR_GOOD & set(item.fixturenames)
        or any(mark.kwargs.get("transaction") for mark in item.iter_markers("django_db"))
        for item in items
        if item.path == path
    )
