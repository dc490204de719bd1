"""Who adds to the agenda of a place, who reads it, who opens and takes an appointment."""

from preau.ent.agenda.rules.appointments import (
    can_follow_round,
    can_hold,
    can_hold_for,
    can_open_round,
    can_take_slot,
    children_of_round,
    rounds_visible_to,
    slots_followed_by,
)
from preau.ent.agenda.rules.councils import (
    can_convene,
    can_write_minutes,
    councils_received_by,
    councils_visible_to,
)
from preau.ent.agenda.rules.events import (
    can_add_event,
    can_change_event,
    can_edit_event,
    events_for_team,
    events_visible_to,
    places_written_in,
    scopes_open_to,
)
from preau.ent.agenda.rules.feeds import can_have_feed

__all__ = [
    "can_add_event", "can_change_event", "can_convene", "can_edit_event", "can_follow_round", "can_have_feed",
    "can_hold", "can_hold_for", "can_open_round", "can_take_slot", "can_write_minutes", "children_of_round",
    "councils_received_by", "councils_visible_to", "events_for_team", "events_visible_to", "places_written_in",
    "rounds_visible_to", "scopes_open_to", "slots_followed_by",
]  # fmt: skip
