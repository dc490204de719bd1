"""The only writes about options compared and laboratories."""

from preau.plan.studies.actions.cohorts import hear_cohort, open_cohort, pass_gate, sign_review, write_review
from preau.plan.studies.actions.options import (
    add_criterion,
    add_option,
    change_criterion,
    change_option,
    choose_option,
    hear_comparison,
    mark_options,
    open_comparison,
)

__all__ = [
    "add_criterion", "add_option", "change_criterion", "change_option",
    "choose_option", "hear_cohort", "hear_comparison", "mark_options",
    "open_cohort", "open_comparison", "pass_gate", "sign_review", "write_review",
]  # fmt: skip
