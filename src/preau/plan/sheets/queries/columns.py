"""Which column of a table says what: by its title, as the city named it before, or as somebody says by hand."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from preau.kit.answers import Conflict
from preau.kit.money import NBSP
from preau.kit.tables import Table, header_key, read_table
from preau.kit.tables.headers import fields_of
from preau.plan.sheets.models import ColumnTitle

NOT_READ = ColumnTitle.NOT_READ
HEADER_WITHIN = 20
SAMPLES = 3
APPLIED = f"Ce tableau est déjà appliqué{NBSP}: ses colonnes ne changent plus."
FORGOTTEN = f"Ce tableau attend depuis plus d’un mois, ses cases sont oubliées{NBSP}: donnez-le de nouveau."


@dataclass(frozen=True)
class SheetKind:
    """A kind of table: what its columns may say and how its lines are read."""

    name: str  # of ColumnTitle.Kind
    labels: dict  # {field: titles it may bear}
    words: dict  # {field: how it is proposed}
    missing: Callable  # (table, columns, titles said) → what keeps it from being read, or nothing
    read: Callable  # (table, columns, today) → (lines, problems, total lines)


@dataclass(frozen=True)
class Reading:
    """A table and what was understood of it."""

    table: Table
    columns: dict  # {field: place}
    lines: list
    problems: list
    told: dict  # as a draft keeps it: sheet, line, unread, missing, totals


@dataclass(frozen=True)
class Column:
    """One column, as shown to who says what it is."""

    place: int
    title: str
    samples: tuple
    field: str


def titles_of(city, kind: SheetKind) -> dict:
    """{key of a title: the field the city said it is, or NOT_READ}; one read."""
    return dict(ColumnTitle.objects.filter(city=city, kind=kind.name).values_list("title_key", "field"))


def table_of(draft) -> Table:
    """The table as it was given, while it waits. Raises Conflict afterwards."""
    if not draft.table:
        raise Conflict(APPLIED if draft.batch_id else FORGOTTEN)
    return Table.from_json(draft.file_name, draft.table)


def read_file(kind: SheetKind, name: str, data: bytes, today: date, said: dict) -> Reading:
    """A file as given. Raises TableRefused when it is no table."""
    known = {
        field: (*titles, *(key for key, of in said.items() if of == field)) for field, titles in kind.labels.items()
    }
    table = read_table(name, data, known=(known,))
    if not columns_of(table, kind, said):
        table = table.headed_at(_likely_header(table))
    return read_columns(kind, table, columns_of(table, kind, said), today, said)


def read_columns(kind: SheetKind, table: Table, columns: dict, today: date, said: dict) -> Reading:
    """A table whose columns are known; nothing is read while one that it needs is missing."""
    missing = kind.missing(table, columns, said)
    lines, problems, totals = ([], [], []) if missing else kind.read(table, columns, today)
    taken = set(columns.values())
    unread = [
        title
        for place, title in enumerate(table.header)
        if title and place not in taken and said.get(header_key(title)) != NOT_READ
    ]
    told = {"sheet": table.sheet, "line": table.header_line, "unread": unread, "missing": missing, "totals": totals}
    return Reading(table, columns, lines, problems, told)


def columns_of(table: Table, kind: SheetKind, said: dict) -> dict:
    """{field: place}, by titles; what the city said stands before what we know."""
    known = fields_of(kind.labels) | said
    found = {}
    for place, title in enumerate(table.header):
        field = known.get(header_key(title), NOT_READ)
        if field != NOT_READ:
            found.setdefault(field, place)
    return found


def columns_shown(table: Table, columns: dict) -> list[Column]:
    """Every column that holds something, its first values and what it is read as."""
    fields = {place: field for field, place in columns.items()}
    width = max((len(line.cells) for line in (*table.rows[:HEADER_WITHIN], *table.lines[:1])), default=0)
    found = []
    for place in range(max(width, len(table.header))):
        title = table.header[place] if place < len(table.header) else ""
        values = (row.cells[place] for row in table.rows if place < len(row.cells) and row.cells[place])
        samples = tuple(value[:60] for value, _ in zip(values, range(SAMPLES), strict=False))
        if title or samples:
            found.append(Column(place, title, samples, fields.get(place, NOT_READ)))
    return found


def first_lines(table: Table) -> list[tuple[int, str]]:
    """(number, what it says) of the lines that may name the columns."""
    lines = [line for line in table.lines if any(line.cells)][:HEADER_WITHIN]
    return [(line.number, ", ".join(filter(None, line.cells))[:80]) for line in lines]


def _likely_header(table: Table) -> int:
    """Where no title is known: the first line with the most words."""
    lines = [line for line in table.lines if any(line.cells)][:HEADER_WITHIN]
    return max(lines, key=lambda line: sum(bool(re.search(r"[^\W\d]", cell)) for cell in line.cells)).number
