"""Every write of the room."""

from preau.media.actions.accords import mark_child, say_accord, say_accords, unmark_child
from preau.media.actions.drawing import draw_pages
from preau.media.actions.files import (
    FULL,
    MAX_PICTURES,
    MOST_LOOKS,
    Found,
    add_picture,
    describe_picture,
    forget_files_of,
    forget_joined,
    keep_joined,
    look_again,
    note_dangerous,
    refuse_joined,
    refuse_pictures,
    remove_picture,
    settle_found,
    settle_joined,
    settle_soon,
    settle_waiting,
)
from preau.media.actions.hiding import declare_pictures, hide_parts

__all__ = [
    "FULL", "MAX_PICTURES", "MOST_LOOKS", "Found", "add_picture", "declare_pictures", "describe_picture",
    "draw_pages",
    "forget_files_of", "forget_joined", "hide_parts", "keep_joined", "look_again", "mark_child", "note_dangerous",
    "refuse_joined", "refuse_pictures", "remove_picture", "say_accord", "say_accords", "settle_found", "settle_joined",
    "settle_soon", "settle_waiting", "unmark_child",
]  # fmt: skip
