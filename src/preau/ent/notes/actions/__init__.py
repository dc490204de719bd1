"""The only writes of the cahier de liaison: a mot (`writing`), what families answer (`answering`)."""

from preau.ent.notes.actions.answering import answer_note
from preau.ent.notes.actions.writing import Target, publish_due, restore_note, send_note, withdraw_note

__all__ = ["Target", "answer_note", "publish_due", "restore_note", "send_note", "withdraw_note"]
