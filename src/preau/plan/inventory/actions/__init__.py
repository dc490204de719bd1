"""The only writes of the inventory. Each takes the `version` its page was opened at: the second of two is told."""

from preau.plan.inventory.actions.counts import add_observed, record_count, settle_observation
from preau.plan.inventory.actions.leaving import Erasure, dispose_asset, retire_asset
from preau.plan.inventory.actions.places import place_asset, put_in_cart
from preau.plan.inventory.actions.receiving import Delivered, cancel_expected, free_tag, receive_assets
from preau.plan.inventory.actions.states import (
    correct_asset,
    declare_off_switch,
    lend_asset,
    report_missing,
    send_to_repair,
)
from preau.plan.inventory.actions.writing import ChangedSince

__all__ = [
    "ChangedSince", "Delivered", "Erasure", "add_observed", "cancel_expected",
    "correct_asset", "declare_off_switch", "dispose_asset", "free_tag", "lend_asset", "place_asset", "put_in_cart",
    "receive_assets", "record_count", "report_missing", "retire_asset", "send_to_repair", "settle_observation",
]  # fmt: skip
