"""Assets and carts, how they leave, and the counts made on the spot (plan.md W6)."""

from preau.plan.inventory.models.assets import (
    CART_HOLDS,
    CHIPS,
    GONE,
    HERE,
    HOLDS_DATA,
    NEXT,
    PRESENT,
    Asset,
    Funding,
    Kind,
    OffSwitch,
    State,
    signs_of,
)
from preau.plan.inventory.models.counts import CountSession, Observation
from preau.plan.inventory.models.leaving import Retirement
from preau.plan.inventory.models.tags import ALPHABET, MISREAD, TAG_LENGTH, clean_tag, draw_tag, is_tag, shown

__all__ = [
    "ALPHABET", "CART_HOLDS", "CHIPS", "GONE", "HERE", "HOLDS_DATA", "MISREAD", "NEXT", "PRESENT", "TAG_LENGTH",
    "Asset", "CountSession", "Funding", "Kind", "Observation", "OffSwitch", "Retirement", "State", "clean_tag",
    "draw_tag", "is_tag", "shown", "signs_of",
]  # fmt: skip
