"""Named reads of the agenda."""

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
    "SHOWN", "Coming", "Day", "Window", "coming", "coming_at_home", "coming_lines", "days_of",
    "family_lines", "public_events", "read_coming", "read_family_lines", "window_asked", "zone_of_spaces",
]  # fmt: skip
