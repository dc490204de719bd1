"""A comparison as lines of a page: who, what changes, why, what will be done."""

import hashlib
import re
from dataclasses import dataclass, field

from preau.arrivals.comparing import Comparison
from preau.kit.sheets import Told, told_once
from preau.kit.tables import TableProblem

ALL, ARRIVALS, LEAVINGS, CORRECTIONS = "tous", "arrivees", "departs", "corrections"
ABSENT, ASIDE = "absents", "ecartees"
GROUPS = {
    ALL: "Tous", ARRIVALS: "Arrivées", LEAVINGS: "Départs", CORRECTIONS: "Corrections",
    ABSENT: "Absents du fichier", ASIDE: "Écartées",
}  # fmt: skip
KIND_NAMES = {
    "pupils": "élève", "guardians": "responsable", "teachers": "enseignant", "classes": "classe",
    "guardianships": "lien",
}  # fmt: skip
CHANGED = re.compile(r"(.+\u00a0: )(.+) → (.+)", re.DOTALL)


@dataclass(frozen=True)
class Change:
    """« classe : CP A → CE1 » in three parts; without arrow, the text alone."""

    text: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True)
class Row:
    """One line of the table of differences."""

    group: str
    who: str
    kind: str
    where: str
    changes: tuple[Change, ...]
    done: str  # what will be done, in a word or two
    mark: str  # colour of the chip


@dataclass(frozen=True)
class Rows:
    """Every line, and how many of each group."""

    rows: tuple[Row, ...]
    counts: dict = field(default_factory=dict)

    def of(self, group) -> list[Row]:
        return [row for row in self.rows if group in (ALL, row.group)]


def rows_of(comparison: Comparison) -> Rows:
    """What must be put right first, as nothing is applied until then; then the comparison's own order."""
    told = [one for one in comparison.problems if one.line is not None]
    rows = [_problem(one) for one in told if one.blocks]
    rows += [_difference(one) for one in comparison.differences]
    leaving = {one.label for one in comparison.differences if one.verb == "ended"}
    rows += [_missing(one) for one in comparison.missing if one.label not in leaving]
    rows += [_problem(one) for one in told if not one.blocks]
    for file in comparison.files:
        rows += [
            Row(ASIDE, f"Ligne {line}", "", file.name, (Change(what),), "laissée de côté", "none")
            for line, what in file.set_aside
        ]
    counts = {group: sum(1 for row in rows if group in (ALL, row.group)) for group in GROUPS}
    return Rows(tuple(rows), counts)


def print_of(comparison: Comparison) -> str:
    """A fingerprint of what would be done: what was read on the page is what is applied, or it is shown again."""
    said = [(d.kind, d.verb, d.file, d.line, d.label, d.reasons) for d in comparison.differences]
    said += [(file.name, file.kind, sorted(file.columns.items())) for file in comparison.files]
    return hashlib.sha256(repr(said).encode()).hexdigest()[:32]


def aside_of(comparison: Comparison) -> list[dict]:
    """The lines that applying leaves out, each with its reasons, without what its cells hold: a batch is kept for years
    and no content with it."""
    blocking = [one.as_json() for one in comparison.problems if one.blocks and one.line is not None]
    found = [one | {"reason": _without_cells(one["reason"], one["column"])} for one in blocking]
    asked = {(one.file, one.line): one for one in comparison.questions if one.line}
    return found + [
        {
            "file": file,
            "line": line,
            "column": "",
            "reason": "attend votre réponse\u00a0: ce qui en dépend n’est pas écrit.",
        }
        for file, line in asked
    ]


def told_aside(batch) -> tuple[int, list[tuple[str, Told]]]:
    """(how many lines, [(file, what is said once of some of them)])"""
    lines = [TableProblem(**one) for one in batch.counts.get("aside", ())]
    files = dict.fromkeys(one.file for one in lines)
    told = [(file, each) for file in files for each in told_once(one for one in lines if one.file == file)]
    return len({(one.file, one.line) for one in lines}), told


def _without_cells(reason, column):
    return re.sub("«\u00a0(.*?)\u00a0»", lambda found: found[0] if found[1] == column else "«\u00a0…\u00a0»", reason)


def _difference(one):
    changes = tuple(map(_change, one.reasons))
    where = f"{one.file}, ligne {one.line}" if one.line else one.file
    group, done, mark = {
        "created": (ARRIVALS, "arrive" if one.kind == "pupils" else "s’ajoute", "done"),
        "updated": (CORRECTIONS, "change", "now"),
        "ended": (LEAVINGS, "part", "wait"),
    }[one.verb]
    return Row(group, one.label, KIND_NAMES[one.kind], where, changes, done, mark)


def _missing(one):
    return Row(ABSENT, one.label, KIND_NAMES[one.kind], "", (Change("absent du fichier"),), "reste", "none")


def _problem(one):
    text = f"{one.column}\u00a0: {one.reason}" if one.column else one.reason
    done, mark = ("à corriger", "stop") if one.blocks else ("à savoir", "none")
    return Row(ASIDE, f"Ligne {one.line}", "", one.file, (Change(text),), done, mark)


def _change(reason):
    found = CHANGED.fullmatch(reason)
    return Change(*found.groups()) if found else Change(reason)
