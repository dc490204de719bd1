"""Something the city paid."""

from django.utils.timezone import now

from preau.plan.finance import actions

SAMPLES = {"expense_id": lambda world: expense(world).id}


def expense(world):
    """For the school, last year."""
    return actions.record_expense(
        person=None, school=world.schools["tilleuls"], fiscal_year=2025, amount_cents=100, source="x",
        quality="declared", now=now(),
    )  # fmt: skip
