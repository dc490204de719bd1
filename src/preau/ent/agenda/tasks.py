"""What leaves from this room; the first id is the person written to, as `note_called` reads it."""

from preau.ent.agenda import notices
from preau.kit.mail import Kind
from preau.notify.actions import note_called

OUTGOING = (
    Kind("agenda.appointment", notices.appointment, note_called),
    Kind("agenda.council", notices.council, note_called),
)
