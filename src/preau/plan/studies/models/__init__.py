"""Options compared and laboratories of schools (mission D5, D14, D17)."""

from preau.plan.studies.models.cohorts import Cohort, CohortQuestion, CohortReview, Outcome
from preau.plan.studies.models.options import Comparison, Criterion, Mark, Option
from preau.plan.studies.models.steered import Authority, Steered

__all__ = [
    "Authority", "Cohort", "CohortQuestion", "CohortReview", "Comparison", "Criterion", "Mark", "Option", "Outcome",
    "Steered",
]  # fmt: skip
