"""The only writes of sessions on shared devices."""

from preau.ent.lessons.actions.continuing import go_on, say_finished_at_home
from preau.ent.lessons.actions.devices import accept_devices, ask_again, ask_to_join, remove_device
from preau.ent.lessons.actions.entering import (
    call_adult,
    enter,
    enter_with_badge,
    leave,
    let_in,
    lower_hand,
    note_news,
    raise_hand,
    show_pictures,
)
from preau.ent.lessons.actions.giving import change_instruction, settle_file, settle_files, take_voice_back
from preau.ent.lessons.actions.late import keep_late_part
from preau.ent.lessons.actions.making import (
    choose_goal,
    invite,
    keep_part,
    pass_page,
    remove_part,
    say_done,
    say_finished,
    settle_part,
    settle_parts,
)
from preau.ent.lessons.actions.opening import (
    close_due,
    close_lesson,
    lead_lesson,
    note_means,
    open_lesson,
    say_all_sent,
    say_sent,
)
from preau.ent.lessons.actions.reading import keep_work, return_work, show_work

__all__ = [
    "accept_devices", "ask_again", "ask_to_join", "call_adult", "change_instruction", "choose_goal", "close_due",
    "close_lesson", "enter", "enter_with_badge", "go_on", "invite", "keep_late_part", "keep_part", "keep_work",
    "lead_lesson", "leave", "let_in", "lower_hand", "note_means", "note_news", "open_lesson", "pass_page",
    "raise_hand", "remove_device", "remove_part", "return_work", "say_all_sent", "say_done", "say_finished",
    "say_finished_at_home", "say_sent", "settle_file", "settle_files", "settle_part", "settle_parts", "show_pictures",
    "show_work", "take_voice_back",
]  # fmt: skip
