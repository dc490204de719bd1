"""Options compared, as a table: both authorities' marks side by side, and what the weights make of them."""

from dataclasses import dataclass
from fractions import Fraction

from preau.plan.studies.models import Authority, Comparison, Criterion, Mark, Option


@dataclass(frozen=True)
class Cell:
    """The marks of one option on one criterion; None when an authority has given none."""

    city: int | None
    state: int | None


@dataclass(frozen=True)
class OptionRow:
    """One option: its cells in the order of the criteria, and the weighted mean of the marks given, out of 5."""

    option: Option
    cells: tuple[Cell, ...]
    mean: Fraction | None
    criteria: tuple[Criterion, ...]

    @property
    def paired(self) -> tuple:
        """[(criterion, cell)]"""
        return tuple(zip(self.criteria, self.cells, strict=True))


@dataclass(frozen=True)
class ComparisonTable:
    """The computed mean is an aid, never the choice."""

    comparison: Comparison
    criteria: tuple[Criterion, ...]
    rows: tuple[OptionRow, ...]
    missing_count: int  # marks not given by either authority


def comparison_table(comparison) -> ComparisonTable:
    """Three reads. A mean counts each criterion by its weight, both authorities alike; where one has not marked, the
    other's mark stands alone; a criterion without a mark is left out of the mean."""
    criteria, options = list(comparison.criteria.all()), list(comparison.options.all())
    marks = {
        (mark.option_id, mark.criterion_id, mark.authority): mark.value
        for mark in Mark.objects.filter(option__comparison=comparison)
    }
    rows = []
    for option in options:
        cells = [Cell(*(marks.get((option.pk, c.pk, side)) for side in Authority)) for c in criteria]
        mean = weighted_mean(cells, [c.weight for c in criteria])
        rows.append(OptionRow(option, tuple(cells), mean, tuple(criteria)))
    expected = len(criteria) * len(options) * len(Authority)
    return ComparisonTable(comparison, tuple(criteria), tuple(rows), expected - len(marks))


def weighted_mean(cells, weights) -> Fraction | None:
    """Exact; None without any mark."""
    total = weighed = Fraction(0)
    for cell, weight in zip(cells, weights, strict=True):
        given = [value for value in (cell.city, cell.state) if value is not None]
        if given:
            total += weight * Fraction(sum(given), len(given))
            weighed += weight
    return total / weighed if weighed else None
