"""Which column of a table says what: by its title, as the city named it before, or as somebody says by hand."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from preau.kit.answers import Conflict
from preau.kit.money import NBSP
from preau.kit.tables import Table, read_table
from preau.kit.tables.columns import columns_of, likely_header, unread_of
from preau.plan.sheets.models import ColumnTitle

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
    own_rows: Callable = lambda table, city: (table, 0)  # of a table of others too: (the city's rows, how many others)
    known: tuple = ()  # titles by which such a table is known, as `labels`


@dataclass(frozen=True)
class Reading:
    """A table and what was understood of it."""

    table: Table
    columns: dict  # {field: place}
    lines: list
    problems: list
    told: dict  # as a draft keeps it: sheet, line, unread, missing, totals


def titles_of(city, kind: SheetKind) -> dict:
    """{key of a title: the field the city said it is, or NOT_READ}; one read."""
    return dict(ColumnTitle.objects.filter(city=city, kind=kind.name).values_list("title_key", "field"))


def table_of(draft) -> Table:
    """The table as it was given, while it waits. Raises Conflict afterwards."""
    if not draft.table:
        raise Conflict(APPLIED if draft.batch_id else FORGOTTEN)
    return Table.from_json(draft.file_name, draft.table)


def read_file(kind: SheetKind, name: str, data: bytes, today: date, said: dict, city: str) -> Reading:
    """A file as given by the city of that name. Raises TableRefused when it is no table, or none of its own."""
    known = {
        field: (*titles, *(key for key, of in said.items() if of == field)) for field, titles in kind.labels.items()
    }
    table, others_count = kind.own_rows(read_table(name, data, known=(known, *kind.known)), city)
    if not columns_of(table, kind.labels, said):
        table = table.headed_at(likely_header(table))
    reading = read_columns(kind, table, columns_of(table, kind.labels, said), today, said)
    reading.told["others_count"] = others_count
    return reading


def read_columns(kind: SheetKind, table: Table, columns: dict, today: date, said: dict) -> Reading:
    """A table whose columns are known; nothing is read while one that it needs is missing."""
    missing = kind.missing(table, columns, said)
    lines, problems, totals = ([], [], []) if missing else kind.read(table, columns, today)
    told = {
        "sheet": table.sheet,
        "line": table.header_line,
        "unread": unread_of(table, columns, said),
        "missing": missing,
        "totals": totals,
    }
    return Reading(table, columns, lines, problems, told)
