"""Named reads: the hours of a city and of its schools, beside what was bought; schools side by side."""

from preau.insight.hours.queries.counted import (
    Hours,
    KitHours,
    by_seconds,
    city_hours,
    group_hours,
    in_year,
    protected,
    together,
    told_of,
)
from preau.insight.hours.queries.figures import figures_of
from preau.insight.hours.queries.groups import priority_groups, social_groups

__all__ = [
    "Hours", "KitHours", "by_seconds", "city_hours", "figures_of", "group_hours", "in_year", "priority_groups",
    "protected", "social_groups", "together", "told_of",
]  # fmt: skip
