"""What a file becomes once read, and what is said when it cannot be."""

from collections import Counter
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

MAX_BYTES = 20 * 1024 * 1024
MAX_ROWS = 20_000
MAX_COLUMNS = 300
MAX_CELL = 5_000
MAX_LINE = 250_000  # signs of a row of a CSV, whatever its cells: checked before it is cut into them
MAX_TEXT = MAX_BYTES  # signs of all cells: a workbook that repeats one text holds no more than a CSV of that weight


class Line(NamedTuple):
    """One row: its line number in the file, as a text editor or a spreadsheet shows it, and its cells."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """Header and rows, all text, outer spaces removed. Rows may be shorter or longer than the header."""

    name: str
    header: tuple[str, ...]
    rows: tuple[Line, ...]
    kind: str  # "csv", "xlsx", "xls", "ods"
    encoding: str = ""
    separator: str = ""
    header_line: int = 1
    sheet: str = ""  # of a workbook that has several
    ends_in_a_line: bool = False  # no line end after the last cell: a short last row was cut
    above: tuple[Line, ...] = ()  # what stands over the header: titles, notes

    @cached_property
    def width(self) -> int:
        """How many cells most lines have: a longer one was cut once too often."""
        counts = Counter(len(line.cells) for line in self.rows)
        return max(len(self.header), *(length for length, _ in counts.most_common(1)), 0)

    @property
    def lines(self) -> tuple[Line, ...]:
        """All that is written, the header among it."""
        return (*self.above, Line(self.header_line, self.header), *self.rows)

    def headed_at(self, number: int) -> "Table":
        """The same, its columns named at that line of the file; itself where nothing is written there."""
        lines = self.lines
        place = next((place for place, line in enumerate(lines) if line.number == number), None)
        if place is None:
            return self
        cells = lines[place].cells
        while cells and not cells[-1]:
            cells = cells[:-1]
        return replace(self, header=cells, rows=lines[place + 1 :], header_line=number, above=lines[:place])

    def as_json(self) -> dict:
        """To be kept while somebody says what its columns are; `from_json` reads it back."""
        return {"kind": self.kind, "sheet": self.sheet, "header_line": self.header_line, "lines": self.lines}

    @classmethod
    def from_json(cls, name: str, kept: dict) -> "Table":
        first, *others = (Line(number, tuple(cells)) for number, cells in kept["lines"])
        whole = cls(name, first.cells, tuple(others), kept["kind"], header_line=first.number, sheet=kept["sheet"])
        return whole.headed_at(kept["header_line"])


@dataclass(frozen=True)
class TableProblem:
    """What is wrong and where; `line` and `column` stay empty when the whole file is concerned."""

    file: str
    line: int | None
    column: str
    reason: str  # a French sentence

    def __str__(self):
        where = ", ".join(part for part in (self.file, f"ligne {self.line}" if self.line else "", self.column) if part)
        return f"{where}\u00a0: {self.reason}"

    def as_json(self) -> dict:
        """The four fields that commands print."""
        return {"file": self.file, "line": self.line, "column": self.column, "reason": self.reason}


class TableRefused(Exception):
    """The file cannot be read as a table; nothing was kept of it."""

    def __init__(self, file, reason, *, line=None, column=""):
        self.problem = TableProblem(file, line, column, reason)
        super().__init__(str(self.problem))
