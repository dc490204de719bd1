"""What a class received cost: its part of what was paid for its school."""

from dataclasses import dataclass

from preau.plan.equipment.models import Acceptance, Expense
from preau.plan.equipment.queries import Amounts


@dataclass(frozen=True)
class Share:
    """The part of a class in what its school cost that year: an average, no invoice of its own."""

    paid: Amounts
    classes: int
    year_paid: Amounts
    year: int


def share_of(acceptance) -> Share | None:
    """None when nothing was paid for the school in the year of the reception; two reads."""
    year = acceptance.accepted_on.year
    lines = Expense.objects.standing().filter(school=acceptance.school_id, fiscal_year=year)
    paid = Amounts.of(lines.values_list("regime", "amount_cents"))
    classes = (
        Acceptance.objects.standing()
        .filter(school=acceptance.school_id, accepted_on__year=year)
        .values("label_key")
        .distinct()
        .count()
    )
    if not paid or not classes:
        return None
    return Share(paid.over(classes), classes, paid, year)
