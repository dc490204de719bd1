"""How many ask for a sheet or for help, and since when: lines that a home reads in the same query as others."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from django.db.models import CharField, Count, Min, QuerySet, UUIDField, Value
from django.db.models.functions import Cast, TruncDate

from preau.kit.rooms.told import Line, lines

SHEETS, HELP = "sheet_asks", "help_asks"


class AsksWaiting(NamedTuple):
    """`since`: the day of the one that has waited longest."""

    kind: str
    count: int
    since: date


def asks_line(kind: str, asks: QuerySet) -> QuerySet:
    """Of asks that wait for an answer, one line, or none (kit/rooms/told.py)."""
    rows = asks.order_by().annotate(every=Value(kind, CharField())).values("every")
    rows = rows.annotate(number=Count("pk"), first=Min("asked_at")).filter(number__gt=0)
    number = Cast("number", CharField())
    return lines(rows, kind, name=number, day=TruncDate("first"), target=Value(None, UUIDField()))


def read_asks(rows: Iterable[tuple]) -> tuple[list[AsksWaiting], list[tuple]]:
    """Such lines among others: (those, the others)."""
    rows = list(rows)
    asks = [Line(*row) for row in rows if row[0] in (SHEETS, HELP)]
    found = [AsksWaiting(line.kind, int(line.name), line.day) for line in asks]
    return found, [row for row in rows if row[0] not in (SHEETS, HELP)]
