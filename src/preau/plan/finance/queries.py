"""Named reads of what was paid."""

from django.db.models import Count, Q, Sum

from preau.plan.equipment.models import Expense, TaxRegime
from preau.plan.equipment.queries import Amounts


def shown(expenses, year: str = ""):
    """Newest year first, then by school; of one fiscal year when asked. Withdrawn lines stay, each before its cause."""
    if year.isdecimal() and len(year) == 4:
        expenses = expenses.filter(fiscal_year=int(year))
    return expenses.select_related("school").order_by("-fiscal_year", "school__sort_key", "school_id", "id")


def paid_in(totals) -> Amounts:
    """Every year of `totals_of`, each tax regime apart."""
    return Amounts.of((row["regime"], row["cents"]) for row in totals)


def totals_of(expenses) -> list[dict]:
    """[{fiscal_year, regime, regime_label, cents, credit_cents, lines}] that counts: with VAT, without, not said never
    add up. Credit notes are taken off `cents`; `credit_cents` says how much, below zero, None without any."""
    totals = expenses.filter(withdrawn_at=None).values("fiscal_year", "regime").order_by("-fiscal_year", "regime")
    credit = Sum("amount_cents", filter=Q(kind=Expense.Kind.CREDIT))
    rows = totals.annotate(cents=Sum("amount_cents"), credit_cents=credit, lines=Count("id"))
    return [row | {"regime_label": TaxRegime(row["regime"]).label} for row in rows]


def subscriptions_shown(subscriptions):
    """The last to begin first, then by school. Withdrawn lines stay, each before its cause."""
    return subscriptions.select_related("school").order_by("-starts_on", "school__sort_key", "school_id", "id")
