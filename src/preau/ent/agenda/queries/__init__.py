"""Named reads of the agenda."""

from preau.ent.agenda.queries.appointments import Family, Follow, follow_round, free_slots, own_appointments
from preau.ent.agenda.queries.days import Day, Window, days_of, window_asked
from preau.ent.agenda.queries.events import (
    SHOWN,
    Coming,
    coming,
    coming_at_home,
    coming_lines,
    family_lines,
    public_events,
    read_coming,
    read_family_lines,
    zone_of_spaces,
)

__all__ = [
    "SHOWN", "Coming", "Day", "Family", "Follow", "Window", "coming", "coming_at_home", "coming_lines", "days_of",
    "family_lines", "follow_round", "free_slots", "own_appointments", "public_events", "read_coming",
    "read_family_lines", "window_asked", "zone_of_spaces",
]  # fmt: skip
