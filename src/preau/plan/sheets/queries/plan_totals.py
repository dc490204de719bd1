"""What was read of a table, beside the line where it says its own total."""

from dataclasses import dataclass, replace

from preau.kit.money import counted, euros
from preau.kit.sheets import BadCell, read_cents
from preau.plan.equipment.queries import Amounts
from preau.plan.sheets.queries.plan_lines import AMOUNTS, COUNTS, SUMMED


@dataclass(frozen=True)
class ColumnTotal:
    """One column of a total line. A column may mix HT and TTC: its sum only checks the reading."""

    title: str
    said: str
    read: str
    gap: str  # empty when the two agree, or when the total cannot be read
    is_mixed: bool


@dataclass(frozen=True)
class TotalLine:
    """A line « TOTAL » of the table."""

    number: int
    words: str
    columns: tuple


@dataclass(frozen=True)
class Totals:
    """What the lines taken come to, and each total line of the table."""

    schools: int
    classes: int
    paid: Amounts
    lines: tuple

    @property
    def words(self) -> str:
        """« 17 écoles, 98 classes équipées, 412 000,50 € TTC et 12 000,00 € HT »."""
        parts = [counted(self.schools, "école", "écoles")]
        parts += [counted(self.classes, "classe équipée", "classes équipées")] if self.classes else []
        return ", ".join([*parts, *([str(self.paid)] if self.paid else [])])


def totals_of(reading: dict, lines, left: dict) -> Totals:
    """`left`: {line: the fields of it that are not taken}, as the comparison says."""
    taken = [_taken(line, left.get(line.number, ())) for line in lines]
    paid = Amounts.of((line.regime, line.amount_cents) for line in taken if line.amount_cents is not None)
    schools = {line.uai or (line.school, line.kind) for line in lines if not {*SUMMED} <= left.get(line.number, set())}
    told, before = [], 0
    for total in reading.get("totals", ()):
        told.append(_line(total, taken, before))
        before = total["line"]
    return Totals(len(schools), sum(line.equipped for line in taken), paid, tuple(told))


def _taken(line, left):
    """The line without what is not taken of it."""
    if AMOUNTS[0] in left:
        line = replace(line, amount_cents=None, by_column={})
    return replace(line, **{name: 0 for name in COUNTS if name in left})


def _line(total, taken, before):
    above = [line for line in taken if line.number < total["line"]]
    section = [line for line in above if line.number > before]
    columns = (_column(field, total, section, above) for field in SUMMED if total["cells"].get(field))
    return TotalLine(total["line"], total["words"], tuple(columns))


def _column(field, total, section, above):
    """Against the lines since the total before when that agrees or when it is a subtotal, else against all above."""
    text = total["cells"][field]
    said = _number(field, text)
    of_section = _sum(field, section)
    is_section = said == of_section or total["words"].lower().startswith("sous")
    lines, read = (section, of_section) if is_section else (above, _sum(field, above))
    regimes = {line.regime for line in lines if field in line.by_column}
    return ColumnTotal(
        title=total["titles"][field],
        said=text if said is None else _shown(field, said),
        read=_shown(field, read),
        gap="" if said is None or said == read else _gap(field, read - said),
        is_mixed=field == "amount" and len(regimes) > 1,
    )


def _sum(field, lines):
    if field in COUNTS:
        return sum(getattr(line, field) or 0 for line in lines)
    return sum(line.by_column.get(field, 0) for line in lines)


def _number(field, text):
    """None when it cannot be read."""
    if field in COUNTS:
        digits = "".join(text.split())
        return int(digits) if digits.isdecimal() else None
    try:
        return read_cents(text, signed=True)
    except BadCell:
        return None


def _shown(field, number):
    return counted(number, "classe", "classes") if field in COUNTS else euros(number)


def _gap(field, number):
    return ("+" if number > 0 else "−") + _shown(field, abs(number))
