"""Named reads of the room."""

from preau.plan.priorities.queries.aid import WEIGHTS, AidLine, aid_for, weights_from
from preau.plan.priorities.queries.kits import KitVersion, kit_versions
from preau.plan.priorities.queries.lists import (
    RANKABLE,
    Difference,
    RankedLine,
    adopted_rank_of,
    differences,
    final_ranks,
    latest_adopted,
    lists_of_cities,
    lists_to_follow,
    marked_replaced,
    moves_of,
    ranked_lines,
    to_rank,
    unready,
    version_before_copil,
)
from preau.plan.priorities.queries.programmes import (
    ProgrammeLine,
    ProgrammeView,
    departures,
    entries_to_open,
    lines_of,
    programme_view,
    schools_to_add,
    settled_version,
)
from preau.plan.priorities.queries.recommendations import (
    answers_by_kit,
    answers_by_line,
    changes_from,
    elements_of,
    in_force,
    kits_to_answer,
)
from preau.plan.priorities.queries.sealed import DECIDES, LIST, PROPOSES

__all__ = [
    "DECIDES", "LIST", "PROPOSES", "RANKABLE", "WEIGHTS", "AidLine", "Difference", "KitVersion", "ProgrammeLine",
    "ProgrammeView", "RankedLine", "adopted_rank_of", "aid_for", "answers_by_kit", "answers_by_line", "changes_from",
    "departures", "differences", "elements_of", "entries_to_open", "final_ranks", "in_force", "kit_versions",
    "kits_to_answer", "latest_adopted", "lines_of", "lists_of_cities", "lists_to_follow", "marked_replaced", "moves_of",
    "programme_view", "ranked_lines", "schools_to_add", "settled_version", "to_rank", "unready", "version_before_copil",
    "weights_from",
]  # fmt: skip
