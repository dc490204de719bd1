"""What a school is to receive, what was accepted, what was paid, and the figures others published."""

from preau.plan.equipment.models.figures import (
    BY_HAND,
    HAND_QUALITIES,
    NO_PERSON,
    SCHOOL_MEASURES,
    UNITS,
    Fact,
    Measure,
    PlanGeneration,
    PriorityEducation,
    Quality,
    StandingQuerySet,
    dated,
    end_of_year,
    shown_value,
)
from preau.plan.equipment.models.kits import (
    CART_ACCESS_POINTS,
    CART_MASTERS,
    KitLine,
    SiteKind,
    StandardKit,
)
from preau.plan.equipment.models.left_out import LeftOut
from preau.plan.equipment.models.receptions import UNDETAILED, Acceptance, Expense, Subscription
from preau.plan.equipment.models.taxes import REGIME_WORDS, TaxRegime, tax_doubt

__all__ = [
    "BY_HAND", "CART_ACCESS_POINTS", "CART_MASTERS", "HAND_QUALITIES", "NO_PERSON", "REGIME_WORDS",
    "SCHOOL_MEASURES", "UNDETAILED", "UNITS", "Acceptance", "Expense", "Fact", "KitLine", "LeftOut", "Measure",
    "PlanGeneration", "PriorityEducation", "Quality", "SiteKind", "StandardKit", "StandingQuerySet",
    "Subscription", "TaxRegime", "dated", "end_of_year", "shown_value", "tax_doubt",
]  # fmt: skip
