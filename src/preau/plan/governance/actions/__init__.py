"""The only writes about committees, their sessions, decisions and dossiers."""

from preau.plan.governance.actions.agenda import add_item, edit_item, move_item, remove_item
from preau.plan.governance.actions.committees import add_seat, end_seat, forget_holders, open_committees
from preau.plan.governance.actions.decisions import add_follow_up, amend_decision, close_follow_up, decide
from preau.plan.governance.actions.dossiers import freeze_dossier
from preau.plan.governance.actions.effects import Stopped
from preau.plan.governance.actions.invitations import (
    hand_letters,
    invite_new_seats,
    note_called_off,
    note_convened,
    tell_agenda,
)
from preau.plan.governance.actions.minutes import (
    approve_minutes,
    comment_session,
    draft_minutes,
    publish_minutes,
    record_attendance,
)
from preau.plan.governance.actions.sessions import (
    cancel_session,
    convene_session,
    hold_session,
    move_session,
    plan_session,
)

__all__ = [
    "Stopped", "add_follow_up", "add_item", "add_seat", "amend_decision", "approve_minutes",
    "cancel_session", "close_follow_up", "comment_session", "convene_session", "decide", "draft_minutes", "edit_item",
    "end_seat", "forget_holders", "freeze_dossier", "hand_letters", "hold_session", "invite_new_seats", "move_item",
    "move_session", "open_committees", "plan_session", "publish_minutes", "record_attendance", "remove_item",
    "note_called_off", "note_convened", "tell_agenda",
]  # fmt: skip
