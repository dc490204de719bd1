"""The only writes of this room: who wants to be told, who was expected to read, what was told and what came back."""

from preau.notify.actions.calling import call, note_call_pushed, note_call_texted, note_called
from preau.notify.actions.devices import forget_device, keep_device
from preau.notify.actions.evenings import choose_evening, tell_evening
from preau.notify.actions.freezing import add_arrivals, freeze, freeze_what_waits
from preau.notify.actions.holding import HOLD, leave_due
from preau.notify.actions.notices import announce, call_off
from preau.notify.actions.pauses import forget_pause, set_pause
from preau.notify.actions.receipts import forget_paper_back, mark_seen, note_paper_back, note_paper_out
from preau.notify.actions.telling import note_evening_told, note_pushed, note_told, remind, tell
from preau.notify.actions.texting import note_text_receipt, note_texted, queue_texts

__all__ = [
    "HOLD",
    "add_arrivals",
    "announce",
    "call",
    "call_off",
    "choose_evening",
    "forget_device",
    "forget_paper_back",
    "forget_pause",
    "freeze",
    "freeze_what_waits",
    "keep_device",
    "leave_due",
    "mark_seen",
    "note_call_pushed",
    "note_call_texted",
    "note_called",
    "note_evening_told",
    "note_paper_back",
    "note_paper_out",
    "note_pushed",
    "note_text_receipt",
    "note_texted",
    "note_told",
    "queue_texts",
    "remind",
    "set_pause",
    "tell",
    "tell_evening",
]
