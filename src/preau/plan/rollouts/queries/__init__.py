"""Named reads of roll-outs: where each one stands, what holds it back, what its procès-verbaux say."""

from preau.plan.rollouts.queries.awaited import (
    entries_awaiting_rollout,
    first_held_back,
    to_receive,
    to_serve,
    turn_has_come,
    turn_on,
    wifi_is_told,
)
from preau.plan.rollouts.queries.bars import bars_from, bars_of, class_rows, labels_held_back, marked
from preau.plan.rollouts.queries.calendar import Band, bar_of, in_year, marks_of, rows_of, year_drawn
from preau.plan.rollouts.queries.current import Current, current_steps
from preau.plan.rollouts.queries.progress import Phase, Progress, StepState
from preau.plan.rollouts.queries.readiness import NO_STORE, gates_of, has_wifi, lacks_a_store
from preau.plan.rollouts.queries.reads import (
    entries_without_rollout,
    in_order,
    labels_to_receive,
    lines_of,
    reception_lines,
    with_open_reservations,
    with_receipt,
)
from preau.plan.rollouts.queries.sealed import ACCEPTANCE, LIFTING, RECEPTION, SIGNS
from preau.plan.rollouts.queries.sequence import breach_of, dates_of
from preau.plan.rollouts.queries.shares import share_of
from preau.plan.rollouts.queries.standing import (
    progress_of,
    standings_of,
    taken_back,
    under_way_of,
    with_all_steps,
    with_receipts,
)

__all__ = [
    "ACCEPTANCE", "LIFTING", "NO_STORE", "RECEPTION", "SIGNS", "Band", "Current", "Phase", "Progress", "StepState",
    "bar_of", "bars_from", "bars_of", "breach_of", "class_rows", "current_steps", "dates_of",
    "entries_awaiting_rollout", "entries_without_rollout", "gates_of", "has_wifi", "in_order", "in_year",
    "labels_held_back", "labels_to_receive", "lacks_a_store", "lines_of", "marked", "marks_of", "progress_of",
    "reception_lines", "rows_of", "share_of", "standings_of", "taken_back", "to_receive", "to_serve",
    "first_held_back", "turn_has_come", "turn_on", "under_way_of", "wifi_is_told", "with_all_steps",
    "with_open_reservations", "with_receipt", "with_receipts", "year_drawn",
]  # fmt: skip
