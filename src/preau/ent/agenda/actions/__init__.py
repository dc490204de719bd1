"""The only writes of the agenda."""

from preau.ent.agenda.actions.appointments import (
    add_slots,
    cancel_appointment,
    give_back,
    open_round,
    place_family,
    remove_slot,
    take_slot,
)
from preau.ent.agenda.actions.councils import convene_council, make_minutes_final, write_minutes
from preau.ent.agenda.actions.events import add_event, cancel_event, edit_event, keep_event
from preau.ent.agenda.actions.feeds import make_feed, revoke_feed

__all__ = [
    "add_event", "add_slots", "cancel_appointment", "cancel_event", "convene_council", "edit_event", "give_back",
    "keep_event", "make_feed", "make_minutes_final", "open_round", "place_family", "remove_slot", "revoke_feed",
    "take_slot", "write_minutes",
]  # fmt: skip
