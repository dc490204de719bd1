"""Something the city paid."""

from django.utils.timezone import now

from preau.plan.finance import actions
from tests.world import TODAY

SAMPLES = {
    "expense_id": lambda world: expense(world).id,
    "subscription_id": lambda world: subscription(world).id,
}


def expense(world):
    """For the school, last year."""
    return actions.record_expense(
        person=None,
        school=world.schools["tilleuls"],
        fiscal_year=2025,
        amount_cents=100,
        source="x",
        quality="declared",
        now=now(),
    )


def subscription(world):
    """The digital space of the school, paid by its city."""
    return actions.record_subscription(
        person=None,
        school=world.schools["tilleuls"],
        starts_on=TODAY,
        payer="city",
        source="x",
        quality="declared",
        now=now(),
    )
