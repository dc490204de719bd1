"""Named reads of the room: a table read, compared with what Préau knows."""

from preau.plan.sheets.queries.asset_comparisons import compare_assets
from preau.plan.sheets.queries.asset_lines import AssetLine, read_assets
from preau.plan.sheets.queries.in_the_way import in_the_way
from preau.plan.sheets.queries.plan_comparisons import classes_received_in, compare_plan
from preau.plan.sheets.queries.plan_lines import PlanLine, read_plan

__all__ = [
    "AssetLine",
    "PlanLine",
    "classes_received_in",
    "compare_assets",
    "compare_plan",
    "read_assets",
    "read_plan",
    "in_the_way",
]
