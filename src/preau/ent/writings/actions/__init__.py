"""Every write of the room."""

from preau.ent.writings.actions.looking import REMOVED, declare_again, remove_picture
from preau.ent.writings.actions.writing import (
    MOST_DRAFTS,
    MOST_WAITING,
    answer_subject,
    begin_writing,
    discard,
    edit_writing,
    give,
    give_back,
    hide,
    publish,
    put_in_journal,
    restore,
    take_back,
    withdraw,
)

__all__ = [
    "MOST_DRAFTS", "MOST_WAITING", "REMOVED", "answer_subject", "begin_writing", "declare_again", "discard",
    "edit_writing", "give", "give_back", "hide", "publish", "put_in_journal", "remove_picture", "restore",
    "take_back", "withdraw",
]  # fmt: skip
