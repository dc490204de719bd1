"""Named reads of the inventory: lists, carts, histories, what lacks, counts."""

from preau.plan.inventory.queries.carts import Slot, free_slots, slots_of
from preau.plan.inventory.queries.counts import counted, counts_of, settled, to_meet, to_settle, unlike
from preau.plan.inventory.queries.erasures import (
    CANCELLED,
    DISPOSED,
    SEALED,
    Certificate,
    certificate_of,
    disposal_mark_of,
    mark_of,
    retirement_of,
)
from preau.plan.inventory.queries.lists import (
    HEADER,
    ListedAsset,
    Wanted,
    as_one_walks,
    export_rows,
    history_of,
    in_order,
    matching,
    with_places,
)
from preau.plan.inventory.queries.shelves import Shelves, value_of
from preau.plan.inventory.queries.stock import KindCount, StockLine, by_place, kinds_of, needs_against_stock, stock_of

__all__ = [
    "CANCELLED", "DISPOSED", "HEADER", "SEALED", "Certificate", "KindCount", "ListedAsset", "Shelves", "Slot",
    "StockLine", "Wanted", "as_one_walks", "by_place", "certificate_of", "counted", "counts_of", "disposal_mark_of",
    "export_rows", "free_slots", "history_of", "in_order", "kinds_of", "mark_of", "matching",
    "needs_against_stock", "retirement_of", "settled", "slots_of", "stock_of",
    "to_meet", "to_settle", "unlike", "value_of", "with_places",
]  # fmt: skip
