"""The only writes about the plan's equipment. Each raises the city's generation: no cached figure outlives it."""

from preau.plan.equipment.actions.acceptances import (
    AlreadyAccepted,
    record_acceptance,
    remove_acceptance,
    restore_acceptance,
)
from preau.plan.equipment.actions.facts import (
    estimate_index,
    record_fact,
    record_facts,
    record_subscription,
    withdraw_fact,
)
from preau.plan.equipment.actions.kits import deck_lines, publish_kit_version
from preau.plan.equipment.actions.schools import close_school, reopen_school

__all__ = [
    "AlreadyAccepted", "close_school", "deck_lines", "estimate_index", "publish_kit_version", "record_acceptance",
    "record_fact", "record_facts", "record_subscription", "remove_acceptance", "reopen_school", "restore_acceptance",
    "withdraw_fact",
]  # fmt: skip
