"""The only writes about roll-outs."""

from preau.plan.rollouts.actions.acceptances import record_acceptance, remove_acceptance, restore_acceptance
from preau.plan.rollouts.actions.by_hand import receive_class, restore_class
from preau.plan.rollouts.actions.opening import abandon_rollout, open_rollout
from preau.plan.rollouts.actions.receptions import (
    add_reservation,
    discard_reception,
    open_reception,
    remove_reservation,
    sign_receipt,
    sign_reception,
    withdraw_reception,
)
from preau.plan.rollouts.actions.reservations import lift_reservation
from preau.plan.rollouts.actions.steps import put_in_service, write_step

__all__ = [
    "abandon_rollout", "add_reservation",
    "discard_reception", "lift_reservation", "open_reception", "open_rollout", "put_in_service", "receive_class",
    "record_acceptance", "remove_acceptance", "remove_reservation", "restore_acceptance", "restore_class",
    "sign_receipt", "sign_reception", "withdraw_reception", "write_step",
]  # fmt: skip
