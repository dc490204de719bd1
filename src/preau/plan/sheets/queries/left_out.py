"""What a table says and the plan does not: its lines left out, with the school when it is known."""

from dataclasses import dataclass

from preau.kit.money import NBSP
from preau.kit.sheets import BadCell, read_day
from preau.kit.tables import TableProblem
from preau.places.models import School
from preau.places.queries import school_key
from preau.plan.equipment.models import LeftOut
from preau.plan.sheets.queries.plan_lines import SUMMED, read_kind

NOTHING_TAKEN = "il a été répondu de ne rien en prendre."


@dataclass(frozen=True)
class Said:
    """What a line of the table names, were it refused."""

    number: int
    school: str
    uai: str
    kind: str
    year: int | None
    reason: str  # why it is left out; empty for a line taken

    @property
    def key(self) -> str:
        return school_key(self.school)


def said_by(draft, comparison, today) -> list[Said]:
    """Every line that names a school, read again from the table: those refused are not among the lines read."""
    reasons = _reasons(comparison)
    rows = draft.table.get("lines", ())
    header = draft.reading.get("line", 0)
    totals = {total["line"] for total in draft.reading.get("totals", ())}
    found = [_said(number, cells, draft.columns, reasons.get(number, ""), today) for number, cells in rows]
    return [said for said in found if said.number > header and said.number not in totals and (said.school or said.uai)]


def _said(number, cells, columns, reason, today):
    def cell(field):
        place = columns.get(field, len(cells))
        return cells[place].strip() if place < len(cells) else ""

    return Said(
        number,
        cell("school")[:200],
        cell("uai").upper().replace(" ", "")[:8],
        _or_none(read_kind, cell("kind")) or "",
        int((_or_none(read_day, cell("year"), today) or ("", False))[0][:4] or 0) or None,
        reason,
    )


def _or_none(read, *args):
    try:
        return read(*args)
    except BadCell:
        return None


def why_left(comparison) -> list[TableProblem]:
    """Why lines are not taken in whole; what a person chose to keep, or to count once, is no loss."""
    asked = [
        TableProblem("", number, "À trancher", question.text)
        for question in comparison.open_questions
        for number in question.lines
        if number in comparison.left
    ]
    told = [*comparison.problems, *asked]
    refused = {number for number, fields in comparison.left.items() if {*SUMMED} <= fields}
    silent = sorted(refused - {problem.line for problem in told})
    return told + [TableProblem("", number, "", NOTHING_TAKEN) for number in silent]


def _reasons(comparison) -> dict:
    """{line: why it is not taken}"""
    found = {}
    for each in why_left(comparison):
        found.setdefault(each.line, []).append(f"{each.column}{NBSP}: {each.reason}" if each.column else each.reason)
    return {number: " ".join(reasons)[:1000] for number, reasons in found.items()}


def schools_named(said, schools) -> list[School]:
    """Those a line may speak of: by its UAI and by its name. Several when nobody can tell which."""
    same = [school for school in schools if said.school and school_key(school.name) == said.key]
    alike = [school for school in same if not said.kind or school.kind == said.kind] or same
    return [school for school in schools if said.uai and school.uai == said.uai and school not in alike] + alike


def left_out_by(draft, said, schools, batch) -> list[LeftOut]:
    """Rows not yet saved: one a line and school."""
    named = {line.number: schools_named(line, schools) for line in said}
    made = {"city": draft.city, "batch": batch, "file_name": draft.file_name}
    return [
        LeftOut(
            school=school, line=line.number, year=line.year, subject=line.school or line.uai, reason=line.reason, **made
        )
        for line in said
        if line.reason
        for school in named[line.number] or [None]
    ]


def taken_now(said, schools, rows) -> list[LeftOut]:
    """Of these rows left out before, those of which the table says something again: taken, or left out anew."""
    lines = [(line, {school.pk for school in schools_named(line, schools)}) for line in said]
    return [
        row
        for row in rows
        if any(
            row.year in (None, line.year) and (row.school_id in named or school_key(row.subject) == line.key)
            for line, named in lines
        )
    ]


def open_left_out(city):
    """What the city's tables say and the plan does not, the newest table first."""
    return LeftOut.objects.open().filter(city=city).select_related("school").order_by("-batch", "line", "subject", "id")
