"""Named reads of the room: a table read, compared with what Préau knows."""

from preau.plan.sheets.models import ColumnTitle
from preau.plan.sheets.queries import asset_lines, directory, plan_lines
from preau.plan.sheets.queries.asset_comparisons import compare_assets
from preau.plan.sheets.queries.asset_lines import AssetLine
from preau.plan.sheets.queries.columns import (
    Reading,
    SheetKind,
    read_columns,
    read_file,
    table_of,
    titles_of,
)
from preau.plan.sheets.queries.in_the_way import in_the_way
from preau.plan.sheets.queries.left_out import open_left_out, said_by, why_left
from preau.plan.sheets.queries.plan_comparisons import classes_received_in, compare_plan
from preau.plan.sheets.queries.plan_lines import PlanLine, plan_lines_of
from preau.plan.sheets.queries.plan_totals import totals_of
from preau.plan.sheets.queries.to_tell import to_tell

PLAN = SheetKind(
    ColumnTitle.Kind.PLAN,
    plan_lines.LABELS,
    plan_lines.WORDS,
    plan_lines.missing_of,
    plan_lines.read_lines,
    directory.schools_of_city,
    (directory.TITLES,),
)
INVENTORY = SheetKind(
    ColumnTitle.Kind.INVENTORY, asset_lines.LABELS, asset_lines.WORDS, asset_lines.missing_of, asset_lines.read_lines
)

__all__ = [
    "INVENTORY",
    "PLAN",
    "AssetLine",
    "PlanLine",
    "Reading",
    "SheetKind",
    "classes_received_in",
    "compare_assets",
    "compare_plan",
    "in_the_way",
    "open_left_out",
    "plan_lines_of",
    "read_columns",
    "read_file",
    "said_by",
    "table_of",
    "titles_of",
    "to_tell",
    "totals_of",
    "why_left",
]
