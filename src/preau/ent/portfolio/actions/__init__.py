"""The only writes of notebooks."""

from preau.ent.portfolio.actions.deciding import (
    approve_page,
    discard_page,
    give_thanks,
    propose_page,
    recall_pages_since,
    restore_page,
    return_page,
    take_back_thanks,
    withdraw_page,
)
from preau.ent.portfolio.actions.taking import SAME_FOR, announce_erasure, ask_takeaway, make_takeaway, note_mailed
from preau.ent.portfolio.actions.writing import (
    Content,
    NewPiece,
    edit_page,
    settle_piece,
    settle_pieces,
    write_pages,
)

__all__ = [
    "SAME_FOR", "Content", "NewPiece", "announce_erasure", "approve_page", "ask_takeaway", "discard_page", "edit_page",
    "give_thanks", "make_takeaway", "note_mailed", "propose_page", "recall_pages_since", "restore_page", "return_page",
    "settle_piece", "settle_pieces", "take_back_thanks", "withdraw_page", "write_pages",
]  # fmt: skip
