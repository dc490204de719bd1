"""The only writes of this room."""

from preau.ent.announcements.actions.parents import end_elected, name_elected, propose_words, refuse_words
from preau.ent.announcements.actions.reading import acknowledge, print_coupons, return_coupon
from preau.ent.announcements.actions.sending import confirm_sending, publish_due, stop_sending, withdraw_announcement
from preau.ent.announcements.actions.writing import correct_half, discard_draft, write_announcement, write_half

__all__ = [
    "acknowledge", "confirm_sending", "correct_half", "discard_draft", "end_elected", "name_elected", "print_coupons",
    "propose_words", "publish_due", "refuse_words", "return_coupon", "stop_sending", "withdraw_announcement",
    "write_announcement", "write_half",
]  # fmt: skip
