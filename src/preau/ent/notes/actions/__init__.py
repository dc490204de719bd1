"""The only writes of the cahier de liaison: a mot (`writing`), what families answer (`answering`), the way on paper
(`coupons`)."""

from preau.ent.notes.actions.answering import answer_note, ask_paper, see_note
from preau.ent.notes.actions.coupons import print_coupons, remind, return_coupon
from preau.ent.notes.actions.writing import Target, correct_note, publish_due, restore_note, send_note, withdraw_note

__all__ = [
    "Target", "answer_note", "ask_paper", "correct_note", "print_coupons", "publish_due", "remind", "restore_note",
    "return_coupon", "see_note", "send_note", "withdraw_note",
]  # fmt: skip
