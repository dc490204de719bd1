"""The mails of an account: a code, a new device, a change of what opens it."""

from preau.kit.mail import Kind
from preau.people import actions, notices
from preau.people.recovery import letters

OUTGOING = (
    Kind("people.mail_code", letters.code_by_mail, actions.note_code_sent),
    Kind("people.new_device", notices.new_device, actions.note_device_told),
    Kind("people.change", notices.change),
)
