"""The only writes about the plan's equipment. Each raises the city's generation: no cached figure outlives it."""

from preau.plan.equipment.actions.facts import (
    estimate_index,
    record_fact,
    record_facts,
    withdraw_fact,
)
from preau.plan.equipment.actions.kits import deck_lines, publish_kit_version
from preau.plan.equipment.actions.schools import close_school, record_school_contact, reopen_school, write_opening
from preau.plan.equipment.actions.told import record_none_received
from preau.plan.equipment.actions.yearly import record_school_figures

__all__ = [
    "close_school", "deck_lines", "estimate_index", "publish_kit_version", "record_fact", "record_facts",
    "record_none_received", "record_school_contact", "record_school_figures", "reopen_school",
    "withdraw_fact", "write_opening",
]  # fmt: skip
