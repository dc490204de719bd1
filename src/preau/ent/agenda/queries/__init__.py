"""Named reads of the agenda."""

from preau.ent.agenda.queries.appointments import (
    Family,
    Follow,
    follow_round,
    free_slots,
    own_appointments,
    rounds_at_once,
)
from preau.ent.agenda.queries.councils import council_lines, read_councils
from preau.ent.agenda.queries.days import Day, Window, days_of, window_asked
from preau.ent.agenda.queries.events import (
    SHOWN,
    Coming,
    calendar_of_spaces,
    coming,
    coming_lines,
    family_lines,
    public_events,
    reaching_lines,
    read_coming,
    read_family_lines,
    spaces_of,
)
from preau.ent.agenda.queries.feeds import entries_for, reader_of

__all__ = [
    "Coming", "Day", "Family", "Follow", "SHOWN", "Window", "calendar_of_spaces", "coming", "coming_lines",
    "council_lines", "days_of", "entries_for", "family_lines", "follow_round", "free_slots",
    "own_appointments", "public_events", "reaching_lines", "read_coming", "read_councils", "read_family_lines",
    "reader_of", "rounds_at_once", "spaces_of", "window_asked",
]  # fmt: skip
