"""The only writes of sessions on shared devices."""

from preau.ent.lessons.actions.devices import accept_devices, ask_again, ask_to_join, remove_device
from preau.ent.lessons.actions.entering import (
    enter,
    enter_with_badge,
    leave,
    let_in,
    lower_hand,
    note_news,
    raise_hand,
    say_done,
    show_pictures,
)
from preau.ent.lessons.actions.opening import close_due, close_lesson, lead_lesson, note_means, open_lesson

__all__ = [
    "accept_devices", "ask_again", "ask_to_join", "close_due", "close_lesson", "enter", "enter_with_badge",
    "lead_lesson", "leave", "let_in", "lower_hand", "note_means", "note_news", "open_lesson", "raise_hand",
    "remove_device",
    "say_done", "show_pictures",
]  # fmt: skip
