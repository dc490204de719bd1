"""The mails of the committees."""

from preau.kit.mail import Kind
from preau.plan.governance import actions, notices

OUTGOING = (
    Kind("governance.convening", notices.convening, actions.note_convened),
    Kind("governance.calling_off", notices.calling_off, actions.note_called_off),
)
