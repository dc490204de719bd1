"""One door for every kind of table."""

import csv
import json
import re
from dataclasses import replace

from preau.kit.apart import Limits, TooHard, read_apart
from preau.kit.names import tidy_line
from preau.kit.tables import archive, workbook
from preau.kit.tables.encodings import CONTROLS, decode
from preau.kit.tables.headers import fields_of, header_key
from preau.kit.tables.table import (
    MAX_BYTES,
    MAX_CELL,
    MAX_COLUMNS,
    MAX_LINE,
    MAX_ROWS,
    MAX_TEXT,
    Line,
    Table,
    TableRefused,
)

WORKBOOK_LIMITS = Limits(memory=768 * 1024 * 1024, cpu_seconds=20, wall_seconds=60)
SEPARATORS = ";\t,"
HEADER_WITHIN = 20
LONG_CELL = "une case de cette ligne est démesurée"
LONG_LINE = "cette ligne est démesurée. Exportez le fichier à nouveau, une ligne par école ou par bien."
NO_LINE = "le fichier ne contient aucune ligne. Exportez-le à nouveau."
OLD_OFFICE = b"\xd0\xcf\x11\xe0"
OTHER_FILES = (
    (b"%PDF", "un PDF"), (b"\x89PNG", "une image"), (b"\xff\xd8\xff", "une image"), (b"GIF8", "une image"),
    (b"\x1f\x8b", "une archive"), (b"7z\xbc\xaf", "une archive"), (b"Rar!", "une archive"),
    (b"<!DOCTYPE", "une page web"), (b"<html", "une page web"), (b"<?xml", "un fichier XML"), (b"{\\rtf", "un texte"),
)  # fmt: skip


def read_table(name: str, data: bytes, known=()) -> Table:
    """One sheet or the whole CSV. Raises TableRefused; never anything else, whatever the bytes.

    People write a title over their table, and notes in the sheet before it. `known` holds the labels of each kind of
    file that is awaited (`find_columns`): the header is the row that names most of them, among the first of each sheet.
    Where none names two, and without `known`, it is the first row of the first sheet.
    """
    known = [fields_of(labels) for labels in known]
    if not data.strip():
        raise TableRefused(name, "le fichier est vide. Exportez-le à nouveau.")
    if len(data) > MAX_BYTES:
        raise TableRefused(name, f"le fichier dépasse {MAX_BYTES // 1024 // 1024} Mo. Exportez une seule école.")
    for start, what in OTHER_FILES:
        if data.lstrip()[:9].lower().startswith(start.lower()):
            raise TableRefused(name, f"c’est {what}, pas un tableau. Choisissez un fichier CSV, XLSX ou ODS.")
    if data.startswith(b"PK"):
        return _read_workbook(name, data, archive.kind_of(name, data), known)
    if data.startswith(OLD_OFFICE):
        return _read_workbook(name, data, "xls", known)
    return _read_csv(name, data, known)


def _read_workbook(name, data, kind, known):
    try:
        limits = map(str, (MAX_ROWS, MAX_COLUMNS, MAX_CELL, MAX_TEXT))
        code, said = read_apart(workbook.__file__, *limits, content=data, limits=WORKBOOK_LIMITS)
    except TooHard:
        code, said = workbook.TOO_HARD, b""
    if code == workbook.LONG_CELL:
        sheet, line, column = json.loads(said)
        raise TableRefused(name, f"{LONG_CELL} (feuille «\u00a0{sheet}\u00a0»).", line=line, column=f"case {column}")
    if code:
        raise TableRefused(name, _reason(code, said))
    tables, sheets = [], json.loads(said)
    for sheet, rows in sheets:
        lines = [Line(number, tuple(map(_one_line, row))) for number, row in enumerate(rows, 1)]
        if any(any(line.cells) for line in lines):
            tables.append(_table(name, lines, kind, known, sheet=sheet if len(sheets) > 1 else ""))
    if not tables:
        raise TableRefused(name, NO_LINE)
    return max(tables, key=lambda table: _score(table.header, known))


def _reason(code, said):
    if code == workbook.TOO_LARGE:
        height, width = json.loads(said)
        return f"la feuille a {height} lignes et {width} colonnes, trop pour une école. Enregistrez une seule feuille."
    return {
        workbook.LOCKED: "le fichier est protégé par un mot de passe. Enregistrez-le sans protection.",
        workbook.TOO_HARD: archive.TOO_LARGE,
    }.get(code, archive.BROKEN)


def _one_line(cell):
    return tidy_line(CONTROLS.sub(" ", cell))


def _read_csv(name, data, known):
    text, encoding = decode(name, data)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    skipped = 0
    if re.match(r"sep=.?(\n|$)", text[:6], re.IGNORECASE):
        text, skipped = text.partition("\n")[2], 1
    separator = _sniff(text, known)
    lines = _parse(name, text, separator, skipped)
    table = _table(name, lines, "csv", known, encoding, separator)
    return replace(table, ends_in_a_line=not text.endswith("\n"))


def _sniff(text, known):
    """The separator that cuts the first row, or the header where it is known, in most cells."""
    starts = [line for line in text[:100_000].split("\n") if line.strip()][:HEADER_WITHIN]

    def worth(sign):
        rows = list(csv.reader(starts, delimiter=sign))
        return max((_score(row, known) for row in rows), default=0), len(next(iter(rows), ()))

    return max(SEPARATORS, key=worth)


def _parse(name, text, separator, skipped):
    source = _Source(text)
    reader = csv.reader(source, delimiter=separator, strict=True)
    lines, started = [], 1
    try:
        for cells in reader:
            source.row_start = source.position
            lines.append(Line(started + skipped, tuple(map(tidy_line, cells))))
            _refuse_out_of_bounds(name, lines)
            started = reader.line_num + 1
    except _LongLine:
        raise TableRefused(name, LONG_LINE, line=started + skipped)
    except csv.Error as error:
        raise TableRefused(name, _csv_reason(str(error)), line=started + skipped)
    return lines


class _LongLine(Exception):
    pass


class _Source:
    """The lines of a text, one at a time, for csv.reader, which cuts a whole row before anything can be refused: a row
    of 20 MB would be millions of cells. A quoted cell lets a row run over several lines: they are counted together."""

    def __init__(self, text):
        self.text, self.position, self.row_start = text, 0, 0

    def __iter__(self):
        return self

    def __next__(self):
        if self.position >= len(self.text):
            raise StopIteration
        end = self.text.find("\n", self.position) + 1 or len(self.text)
        if end - self.row_start > MAX_LINE:
            raise _LongLine
        line, self.position = self.text[self.position : end], end
        return line


def _csv_reason(error):
    if "end of data" in error:
        return "un guillemet ouvert ici ne se ferme jamais\u00a0: le fichier est coupé. Exportez-le à nouveau."
    if "field limit" in error:
        return "une case de cette ligne est démesurée. Corrigez-la ou exportez le fichier à nouveau."
    return "un guillemet est mal placé sur cette ligne. Corrigez-la ou exportez le fichier à nouveau."


def _refuse_out_of_bounds(name, lines):
    number, cells = lines[-1]
    if len(lines) > MAX_ROWS:
        raise TableRefused(name, f"le fichier dépasse {MAX_ROWS} lignes.", line=number)
    if len(cells) > MAX_COLUMNS:
        raise TableRefused(
            name,
            f"cette ligne a {len(cells)} cases, bien plus que l’en-tête. Exportez le fichier à nouveau.",
            line=number,
            column=f"case {MAX_COLUMNS + 1}",
        )
    if any(len(cell) > MAX_CELL for cell in cells):
        raise TableRefused(name, f"{LONG_CELL}.", line=number)


def _unfolded(lines, known):
    """The same, cut, where each whole line stands in its first cell: a CSV pasted in a column, or saved from one."""
    if not known or any(any(line.cells[1:]) for line in lines):
        return lines
    texts = [line.cells[0] if line.cells else "" for line in lines]
    sign = _sniff("\n".join(texts), known)
    cut = [tuple(map(tidy_line, next(csv.reader([text], delimiter=sign), ()))) for text in texts]
    heads = [cells for cells in cut if cells][:HEADER_WITHIN]
    if max(map(len, cut), default=0) > MAX_COLUMNS or not any(_score(cells, known) for cells in heads):
        return lines
    return [Line(line.number, cells) for line, cells in zip(lines, cut, strict=True)]


def _table(name, lines, kind, known, encoding="", separator="", sheet=""):
    lines = _unfolded(lines, known)
    full = [line for line in lines if any(line.cells)]
    if not full:
        raise TableRefused(name, NO_LINE)
    place = max(range(len(full[:HEADER_WITHIN])), key=lambda n: _score(full[n].cells, known))
    header, *rows = full[place:]
    cells = header.cells
    while cells and not cells[-1]:
        cells = cells[:-1]
    return Table(
        name, cells, tuple(rows), kind, encoding, separator, header.number, sheet=sheet, above=tuple(full[:place])
    )


def _score(cells, known):
    """How many fields of one kind of file a row names; one known word alone may be any title's."""
    keys = [header_key(cell) for cell in cells] if known else []
    count = max((len({fields[key] for key in keys if key in fields}) for fields in known), default=0)
    return count if count > 1 else 0
