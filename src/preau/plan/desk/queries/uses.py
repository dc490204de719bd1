"""What a school does of what it was given: kits that came, Wi-Fi put on, school year by school year (mission D8, D11).
Nobody is named: neither who asked, nor who put it on, nor what the request says in free words."""

from collections import Counter
from dataclasses import dataclass

from preau.kit.dates import school_year_label
from preau.kit.rooms.told import Line
from preau.plan.loans.models import half_day_of
from preau.plan.loans.story import LOAN, Loan, loan_of
from preau.plan.wifi.story import MONTH, WINDOW, Window, counts_of, window_of

LAST_SHOWN = 5


@dataclass(frozen=True)
class YearOfUse:
    """A school year in which a kit came or the Wi-Fi was put on."""

    label: str  # « 2026-2027 »
    loans_count: int
    windows_count: int
    measured_count: int  # of these, those an access point confirmed


@dataclass(frozen=True)
class Uses:
    """The last year, loan and window first."""

    years: tuple[YearOfUse, ...]
    loans: tuple[Loan, ...]
    windows: tuple[Window, ...]


def read_uses(lines: list[Line]) -> Uses:
    """Of the lines that loans and the Wi-Fi tell, the first day first."""
    lent = [loan_of(line) for line in lines if line.kind == LOAN]
    lent.sort(key=lambda loan: (loan.first, loan.last), reverse=True)
    windows = tuple(window_of(line) for line in reversed(lines) if line.kind == WINDOW)
    kits = Counter(school_year_label(half_day_of(loan.first)[0]) for loan in lent)
    shown, measured = Counter(), Counter()
    for line in lines:
        if line.kind == MONTH:
            year, (count, confirmed) = school_year_label(line.day), counts_of(line)
            shown[year] += count
            measured[year] += confirmed
    labels = sorted({*kits, *shown}, reverse=True)
    years = tuple(YearOfUse(label, kits[label], shown[label], measured[label]) for label in labels)
    return Uses(years, tuple(lent[:LAST_SHOWN]), windows)
