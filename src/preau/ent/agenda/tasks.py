"""What leaves from this room."""

from preau.ent.agenda import notices
from preau.kit.mail import Kind

OUTGOING = (
    Kind("agenda.appointment", notices.appointment),
    Kind("agenda.council", notices.council),
)
