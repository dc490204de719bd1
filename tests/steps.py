"""How much SQLite does for a query: what a test asserts where a time would depend on the machine."""

from django.db import connection
from django.db.models import QuerySet

ONLY_SQLITE = "SQLite counts what it does"


def steps_of(ask, *given):
    """What SQLite does for `ask(*given)`, in tens of its instructions, once its statements are ready."""
    found, fresh = [], [one.all() if isinstance(one, QuerySet) else one for one in given]
    ask(*given)
    connection.connection.set_progress_handler(lambda: found.append(1), 10)
    try:
        ask(*fresh)
    finally:
        connection.connection.set_progress_handler(None, 0)
    return len(found)
