"""The only writes of this room: absences told (`telling`), appels (`calling`), what a head did (`following`)."""

from preau.ent.attendance.actions.calling import note_guardian_told, take_roll
from preau.ent.attendance.actions.following import close_line
from preau.ent.attendance.actions.telling import (
    correct_absence,
    note_reason,
    tell_absence,
    tell_absences,
    withdraw_absence,
)

__all__ = [
    "close_line", "correct_absence", "note_guardian_told", "note_reason", "take_roll", "tell_absence",
    "tell_absences", "withdraw_absence",
]  # fmt: skip
