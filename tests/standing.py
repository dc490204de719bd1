"""Rows made once for the tests of a file: each test writes above them, and undoes what it wrote itself."""

from contextlib import contextmanager

from django.db import transaction

BASE = {"db", "transactional_db", "live_server"}


@contextmanager
def standing(django_db_blocker):
    """Rows written inside stay for the file, then go. For files whose tests need no transaction of their own."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


def may_share(items, path, fixture) -> bool:
    """Whether what `fixture` makes may stand for the whole file: each of its tests that reads the base asks for it, and
    none writes for good."""
    for item in items:
        names, marks = set(item.fixturenames), list(item.iter_markers("django_db"))
        if item.path != path or not (names & BASE or marks):
            continue
        for_good = names & (BASE - {"db"}) or any(mark.kwargs.get("transaction") for mark in marks)
        if for_good or fixture not in names:
            return False
    return True
