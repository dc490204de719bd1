"""Named reads about options compared and laboratories; they take what is already visible and write nothing."""

from preau.plan.studies.queries.cohorts import CohortPage, cohort_page
from preau.plan.studies.queries.options import ComparisonTable, comparison_table

__all__ = ["CohortPage", "ComparisonTable", "cohort_page", "comparison_table"]
