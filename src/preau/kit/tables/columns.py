"""« Dire ce que sont les colonnes »: what somebody says by hand of a table whose titles nobody knows.

A room keeps what was said, {key of a title: field, or NOT_READ}, for the next table of that kind.
"""

import re
from dataclasses import dataclass

from django import forms

from preau.kit.forms import Form
from preau.kit.money import NBSP
from preau.kit.tables import Table, header_key
from preau.kit.tables.headers import fields_of

NOT_READ = "-"
HEADER_WITHIN = 20
SAMPLES = 3


@dataclass(frozen=True)
class Column:
    """One column, as shown to who says what it is."""

    place: int
    title: str
    samples: tuple
    field: str


def columns_of(table: Table, labels: dict, said: dict) -> dict:
    """{field: place}, by titles; what the city said stands before what we know."""
    known = fields_of(labels) | said
    found = {}
    for place, title in enumerate(table.header):
        field = known.get(header_key(title), NOT_READ)
        if field != NOT_READ:
            found.setdefault(field, place)
    return found


def unread_of(table: Table, columns: dict, said: dict) -> list[str]:
    """Titles that no field is read from, but those that the city said not to read."""
    taken = set(columns.values())
    return [
        title
        for place, title in enumerate(table.header)
        if title and place not in taken and said.get(header_key(title)) != NOT_READ
    ]


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


def titles_named(table: Table, columns: dict) -> dict:
    """{key of a title: (title, field or NOT_READ)}, of what somebody said of a whole table, {field: place}."""
    fields = {place: field for field, place in columns.items()}
    named = {}
    for place, title in enumerate(table.header):
        if key := header_key(title)[:200]:
            named.setdefault(key, (title[:200], fields.get(place, NOT_READ)))
    return named


def first_lines(table: Table) -> list[tuple[int, str]]:
    """(number, what it says) of the lines that may name the columns."""
    lines = [line for line in table.lines if any(line.cells)][:HEADER_WITHIN]
    return [(line.number, ", ".join(filter(None, line.cells))[:80]) for line in lines]


def likely_header(table: Table) -> int:
    """Where no title is known: the first line with the most words."""
    lines = [line for line in table.lines if any(line.cells)][:HEADER_WITHIN]
    return max(lines, key=lambda line: sum(bool(re.search(r"[^\W\d]", cell)) for cell in line.cells)).number


class ColumnsForm(Form):
    """One choice a column, all at once. `words`: {field: how it is proposed}; `is_missing({field: place}, {key of a
    title: ""})` says what keeps the table from being read, or nothing."""

    marks_optional = False

    def __init__(self, data=None, *, columns, words, is_missing):
        super().__init__(data)
        self.columns, self.is_missing, self.found = columns, is_missing, {}
        choices = [(NOT_READ, "ne pas lire"), *words.items()]
        for column in columns:
            self.fields[f"c{column.place}"] = forms.ChoiceField(
                label=column.title or f"colonne {column.place + 1}, sans titre", choices=choices, initial=column.field
            )

    @property
    def rows(self):
        """(column, its bound field)"""
        return [(column, self[f"c{column.place}"]) for column in self.columns]

    def clean(self):
        """One column at most says each thing, and those that the table needs are there."""
        cleaned, found = super().clean(), {}
        for column in self.columns:
            field = cleaned.get(f"c{column.place}", NOT_READ)
            if field == NOT_READ:
                continue
            if field in found:
                self.add_error(f"c{column.place}", f"Une autre colonne le dit déjà{NBSP}: gardez l’une des deux.")
            found.setdefault(field, column.place)
        said = {header_key(column.title): "" for column in self.columns}
        if not self.errors and (missing := self.is_missing(found, said)):
            self.add_error(None, missing)
        self.found = found
        return cleaned
