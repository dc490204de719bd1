"""The only writes about calls, applications and opinions."""

from preau.plan.applications.actions.again import take_up
from preau.plan.applications.actions.attachments import add_attachment, purge_attachments, remove_attachment
from preau.plan.applications.actions.calls import change_call, open_call
from preau.plan.applications.actions.files import (
    NotReady,
    SectionChanged,
    close_without_follow_up,
    reopen,
    save_section,
    start_application,
    submit,
    withdraw,
)
from preau.plan.applications.actions.outcomes import (
    convert,
    mark_not_selected,
    mark_ranked,
    mark_selected,
    mark_waiting,
)
from preau.plan.applications.actions.questions import (
    add_field,
    change_field,
    move_field,
    publish_revision,
    retire_field,
    start_revision,
)
from preau.plan.applications.actions.reviews import (
    AlreadyGiven,
    extend_opinion,
    give_opinion,
    lift_reservations,
    open_inspector_review,
    open_state_review,
    release_opinion,
    request_changes,
)
from preau.plan.applications.actions.talk import NoteChanged, remind, save_note, send_message
from preau.plan.applications.actions.writing import WrongState

__all__ = [
    "AlreadyGiven", "NotReady", "NoteChanged", "SectionChanged", "WrongState", "add_attachment", "add_field",
    "change_call", "change_field", "close_without_follow_up", "convert", "extend_opinion", "give_opinion",
    "lift_reservations", "mark_not_selected", "mark_ranked", "mark_selected", "mark_waiting", "move_field",
    "open_call", "open_inspector_review", "open_state_review", "publish_revision", "purge_attachments",
    "release_opinion", "remind", "remove_attachment", "reopen", "request_changes", "retire_field", "save_note",
    "save_section", "send_message", "start_application", "start_revision", "submit", "take_up", "withdraw",
]  # fmt: skip
