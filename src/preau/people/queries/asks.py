"""How many ask for a sheet or for help, and since when: lines that a home reads in the same query as others."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from django.db.models import QuerySet

from preau.kit.rooms.told import count_line, parted

SHEETS, HELP = "sheet_asks", "help_asks"


class AsksWaiting(NamedTuple):
    """`since`: the day of the one that has waited longest."""

    kind: str
    count: int
    since: date


def asks_line(kind: str, asks: QuerySet) -> QuerySet:
    """Of asks that wait for an answer, one line, or none (kit/rooms/told.py)."""
    return count_line(asks, kind, since="asked_at")


def read_asks(rows: Iterable[tuple]) -> tuple[list[AsksWaiting], list[tuple]]:
    """Such lines among others: (those, the others)."""
    asks, others = parted(rows, SHEETS, HELP)
    return [AsksWaiting(line.kind, int(line.name), line.day) for line in asks], others
