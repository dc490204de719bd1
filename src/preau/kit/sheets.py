"""A spreadsheet read, compared, applied as one batch: what every room that imports one shares.

A room reads its own columns into lines (`BadCell` names the cell that cannot be understood), keeps them as a draft
(`kit.models.SheetDraft`), compares them with what it knows into a `Comparison`, and applies that.
"""

import hashlib
import re
from dataclasses import dataclass, field
from datetime import date

from preau.kit import batches
from preau.kit.answers import Conflict
from preau.kit.dates import month_of, written_day
from preau.kit.money import NotAnAmount, read_amount
from preau.kit.names import odd_in_name
from preau.kit.tables import TableProblem
from preau.kit.tables.columns import titles_named

MOST_LINES_TOLD = 10


class BadCell(Exception):
    """One cell that cannot be understood; the sentence says how to write it."""

    def __init__(self, column, reason):
        super().__init__(reason)
        self.column, self.reason = column, reason


class BadLine(Exception):
    """Every cell of a line that cannot be understood."""

    def __init__(self, cells):
        super().__init__("; ".join(str(cell) for cell in cells))
        self.cells = cells


class Cells:
    """Reads the cells of one line and goes on after a bad one: they are all said at once."""

    def __init__(self):
        self.bad = []

    def read(self, read, *args, default=None):
        """`read(*args)`, or `default` when it raises BadCell."""
        try:
            return read(*args)
        except BadCell as bad:
            self.bad.append(bad)
            return default

    def refuse(self, column, reason):
        self.bad.append(BadCell(column, reason))

    def check(self):
        """Raises BadLine when a cell was bad."""
        if self.bad:
            raise BadLine(self.bad)


class Moved(Conflict):
    """What would be applied is not what was read: the page shows it again."""


@dataclass
class Difference:
    """What one line changes, in words; nothing when it changes nothing."""

    line: object  # of the room, with its `number` in the file
    subject: str  # the school, the thing it speaks of
    words: list = field(default_factory=list)
    keeps: str = ""  # what the sheet says otherwise and is not taken: listed, never written


@dataclass(frozen=True)
class Question:
    """What only a person can say of some lines: until she does, they wait and nothing of them is written."""

    key: str
    lines: tuple  # their numbers in the file
    subject: str
    text: str
    answers: tuple  # (value, words)
    answer: str = ""  # the value she chose


@dataclass(frozen=True)
class Told:
    """What is said alike of several lines, once."""

    column: str
    reason: str
    lines: tuple

    @property
    def where(self) -> str:
        """« Ligne 4 », « Lignes 4, 5 et 9 (3 lignes) »; the first ten of many."""
        if len(self.lines) < 2:
            return f"Ligne {self.lines[0]}" if self.lines else ""
        *first, last = map(str, self.lines[:MOST_LINES_TOLD])
        more = "…" if len(self.lines) > MOST_LINES_TOLD else ""
        return f"Lignes {', '.join(first)} et {last}{more} ({len(self.lines)} lignes)"


def told_once(problems) -> list[Told]:
    """The same column and reason once, in the order of their first line."""
    found = {}
    for problem in problems:
        found.setdefault((problem.column, problem.reason), []).extend([problem.line] if problem.line else [])
    return [Told(column, reason, tuple(lines)) for (column, reason), lines in found.items()]


@dataclass
class Comparison:
    """The whole sheet compared. `problems` are left out, `warnings` are taken and to be looked at.

    `writes` are for kit.batches; they hold rows not yet saved.
    """

    differences: list
    problems: list
    warnings: list
    writes: list
    counts: dict
    questions: list = field(default_factory=list)
    answers: dict = field(default_factory=dict)  # {Question.key: value} given before
    left: dict = field(default_factory=dict)  # {line: the fields of it that are not taken}

    @property
    def refused_count(self) -> int:
        """Lines left out, each once: one may have several problems."""
        return len({problem.line for problem in self.problems})

    @property
    def told_problems(self) -> list:
        return told_once(self.problems)

    @property
    def told_warnings(self) -> list:
        return told_once(self.warnings)

    @property
    def open_questions(self) -> list:
        return [question for question in self.questions if not question.answer]

    def leave(self, line, *fields):
        """What a line says of these fields is not taken."""
        self.left.setdefault(line.number, set()).update(fields)

    def ask(self, question) -> str:
        """The answer given, or nothing; the question is listed either way."""
        self.questions.append(question)
        return question.answer

    @property
    def changes(self) -> list:
        return [difference for difference in self.differences if difference.words]

    @property
    def unchanged_count(self) -> int:
        """Lines that say what Préau says; one that says otherwise and is not taken is among `kept`."""
        asked = {number for question in self.open_questions for number in question.lines}
        return sum(not (d.words or d.keeps or d.line.number in asked) for d in self.differences)

    @property
    def kept(self) -> list:
        return [difference for difference in self.differences if difference.keeps]

    @property
    def fingerprint(self) -> str:
        """Of what would be done and of what it replaces: what was read on the page is what is applied."""
        said = [(d.line.number, d.subject, d.words, d.keeps) for d in self.differences]
        updates = [write for write in self.writes if isinstance(write, batches.Update)]
        replaced = [(str(u.row.pk), name, str(getattr(u.row, name))) for u in updates for name in sorted(u.values)]
        return hashlib.sha256(repr((said, replaced)).encode()).hexdigest()[:32]


@dataclass(frozen=True)
class Applied:
    """What an import did; `batch` is None when the sheet changed nothing."""

    batch: object
    comparison: Comparison


def read_rows(table, columns: dict, read) -> tuple[list, list[TableProblem]]:
    """(lines understood, those to review). `read(number, {field: text})` gives a line, None for one to pass over, or
    raises BadCell or BadLine; empty rows are not asked."""
    lines, problems = [], []
    for row in table.rows:
        cells = {field: _plain(row.cells[place]) for field, place in columns.items() if place < len(row.cells)}
        if not any(cells.values()):
            continue
        try:
            line = read(row.number, cells)
        except BadLine as bad:
            problems += [TableProblem(table.name, row.number, cell.column, cell.reason) for cell in bad.cells]
        except BadCell as bad:
            problems.append(TableProblem(table.name, row.number, bad.column, bad.reason))
        else:
            lines += [line] if line else []
    return lines, problems


def _plain(cell) -> str:
    """Without the apostrophe that our own tables put before what looks like a formula."""
    cell = cell.strip()
    return cell[1:] if re.match(r"'[=+\-@\u2212]", cell) else cell


def odd_name(text: str) -> str:
    """Why a cell is nobody's name, and what most likely happened to it; empty when it may be one."""
    odd = odd_in_name(text)
    if not odd:
        return ""
    said = f"«\u00a0{text[:40]}\u00a0» contient {odd}\u00a0: un nom n’en a pas."
    if re.search(r"[;|@]", text):
        return f"{said} Les cases de cette ligne sont sans doute décalées\u00a0: vérifiez-la en entier."
    lost = "Un accent s’y est sans doute perdu. " if re.search("[?\ufffd©®§¤¢±¶¨¯‰]", text) else ""
    return f"{said} {lost}Corrigez cette case."


def read_day(text: str, today: date) -> tuple[str, bool]:
    """(ISO day, whether the day itself is written): « 2016 », « 2016-2017 », « juin 2016 », « 15/06/2016 »."""
    text = text.strip()
    if not text:
        return "", False
    of_month = re.fullmatch(r"\D{3,9}\s+(\d{4})|(?:0?[1-9]|1[0-2])/(\d{4})", text)
    if of_month and (of_month[2] or month_of(text.split()[0])):
        text = of_month[1] or of_month[2]  # nobody wrote which day: the year alone is known
    if found := re.fullmatch(r"(\d{4})(?:\.0+)?(?:\s*[-/–]\s*(\d{4}|\d{2}))?", text):
        day, known = date(int(found[1]) or 1, 12, 31), False
        day = min(day, today) if day.year == today.year else day
    else:
        day, known = written_day(text), True
    if day is None or not day.year >= 1980 or day > today:
        raise BadCell("Année", f"«\u00a0{text}\u00a0» n’est pas une année passée. Écrivez-la comme 2016.")
    return day.isoformat(), known


def read_cents(text: str, *, signed: bool = False) -> int:
    """`money.read_amount`, of a cell."""
    try:
        return read_amount(text, signed=signed)
    except NotAnAmount as wrong:
        raise BadCell("Montant", str(wrong)) from None


def drafted(*, name: str, data: bytes, now) -> dict:
    """The fields of a SheetDraft that tell its file: its name and digest, never the file."""
    return {"file_name": name[:200], "file_digest": hashlib.sha256(data).hexdigest(), "created_at": now}


def keep_titles(model, *, table, columns: dict, now, **of) -> dict:
    """What somebody said of a whole table, {field: place}, in the NamedTitles `of` those who said it; {key of a title:
    field or NOT_READ} of them."""
    named = titles_named(table, columns)
    for key, (title, said) in named.items():
        kept = {"title": title, "field": said, "named_at": now}
        model.objects.update_or_create(**of, title_key=key, defaults=kept)
    return {key: said for key, (_, said) in named.items()}


def problems_of(draft) -> list[TableProblem]:
    """The lines that could not be read, as they were said."""
    return [TableProblem(**problem) for problem in draft.problems]


def apply_comparison(*, draft, comparison, kind, scope, person, now, seen=None) -> Applied:
    """In the caller's transaction, which holds the lock of the scope. `seen` is the fingerprint of the comparison that
    was read, None when nobody reads (a command). Raises Moved, having changed nothing."""
    if not comparison.writes:
        return Applied(None, comparison)
    if seen not in (None, comparison.fingerprint):
        raise Moved("Préau a changé depuis que cette page s’est ouverte. Relisez les lignes, puis appliquez.")
    draft.batch = batches.apply(
        kind=kind,
        scope=scope,
        person_id=person.pk if person else None,
        now=now,
        writes=comparison.writes,
        files=[{"name": draft.file_name, "sha256": draft.file_digest}],
        counts=comparison.counts,
    )
    draft.table = {}  # its other columns were kept until they were said
    draft.save(update_fields=["batch", "table"])
    return Applied(draft.batch, comparison)
