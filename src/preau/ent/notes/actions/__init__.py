"""The only writes of the cahier de liaison: a mot (`writing`, then `sending`), what families answer (`answering`), the
way on paper (`coupons`), files (`files`), other languages (`translating`)."""

from preau.ent.notes.actions.answering import answer_note, ask_paper, see_note
from preau.ent.notes.actions.coupons import print_coupons, remind, return_coupon
from preau.ent.notes.actions.files import join_files, remove_file, settle_file, settle_files
from preau.ent.notes.actions.sending import confirm_sending, publish_due, stop_sending
from preau.ent.notes.actions.translating import note_review, translate_due
from preau.ent.notes.actions.writing import Target, correct_note, restore_note, send_note, withdraw_note

__all__ = [
    "Target", "answer_note", "ask_paper", "confirm_sending", "correct_note", "join_files", "note_review",
    "print_coupons", "publish_due", "remind", "remove_file", "restore_note", "return_coupon", "see_note", "send_note",
    "settle_file", "settle_files", "stop_sending", "translate_due", "withdraw_note",
]  # fmt: skip
