"""Named reads of the plan's equipment: what schools have, what it cost, and how each figure is made."""

from preau.plan.equipment.queries.amounts import PAID_COLUMNS, Amounts
from preau.plan.equipment.queries.averages import Average
from preau.plan.equipment.queries.checks import (
    VAT_RATE,
    Costed,
    Investment,
    Reach,
    Remaining,
    SplitMismatch,
    SubscriptionCheck,
    Years,
    check_split,
)
from preau.plan.equipment.queries.figures import Situation, YearLine
from preau.plan.equipment.queries.needs import Need, Tally, needs_of, quantity_for, tally_of
from preau.plan.equipment.queries.overviews import Gap, Overview, overview_of
from preau.plan.equipment.queries.published import (
    Laboratory,
    PublishedFact,
    compared_indexes,
    known_by,
    known_facts,
    laboratory_of,
    published_facts,
    published_investment,
    published_reach,
    social_indexes,
    totals_among,
)
from preau.plan.equipment.queries.reads import (
    acceptance_lines,
    classes_received,
    current_kits,
    expense_lines,
    facts_about,
    facts_of,
    kit_in_force,
    kits_of,
    lenders_to,
)
from preau.plan.equipment.queries.remembered import marked, overview_of_city
from preau.plan.equipment.queries.renewals import is_renewed, known_classes, renewed_classes, with_renewal
from preau.plan.equipment.queries.situations import situation_of, situation_of_school, situations_kept
from preau.plan.equipment.queries.states import UNTOLD, SchoolState
from preau.plan.equipment.queries.told import is_told, left_out_of, untold_schools
from preau.plan.equipment.queries.yearly import (
    every_fact_about,
    figures_of_year,
    is_a_year,
    latest,
    lines_about,
    subscriptions_of,
    year_of,
)

__all__ = [
    "Amounts", "Average", "PAID_COLUMNS", "Costed", "Gap", "Investment", "Laboratory", "Need", "Overview",
    "PublishedFact", "Reach", "Remaining", "SchoolState", "Situation", "SplitMismatch", "SubscriptionCheck",
    "Tally", "UNTOLD", "VAT_RATE", "YearLine", "Years", "acceptance_lines", "check_split", "classes_received",
    "compared_indexes", "current_kits", "every_fact_about", "expense_lines", "facts_about", "facts_of",
    "figures_of_year", "is_a_year", "is_renewed", "is_told", "kit_in_force", "kits_of", "latest", "lines_about",
    "known_by", "known_classes", "known_facts", "laboratory_of", "left_out_of", "lenders_to", "marked", "needs_of",
    "overview_of", "overview_of_city", "published_facts", "published_investment", "published_reach", "quantity_for",
    "renewed_classes", "situation_of", "situation_of_school", "situations_kept", "social_indexes",
    "subscriptions_of", "tally_of", "totals_among", "untold_schools", "with_renewal", "year_of",
]  # fmt: skip
