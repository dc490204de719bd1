"""The mails of an account: confirm an address, a new device, a change of what opens it."""

from preau.kit.mail import Kind
from preau.people import actions, notices

OUTGOING = (
    Kind("people.confirmation", notices.confirmation),
    Kind("people.new_device", notices.new_device, actions.note_device_told),
    Kind("people.change", notices.change),
)
