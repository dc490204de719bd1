"""The mails of an account: a code, a new device, a change of what opens it. Calls for help that wait too long."""

from django.utils import timezone

from preau.kit.mail import Kind
from preau.kit.outbound import texting
from preau.kit.schedule import Every
from preau.kit.tasks import task
from preau.people import actions, notices
from preau.people.recovery import letters


@task
def pass_help_on():
    """A call for help that nobody answered goes to the next."""
    return actions.pass_on_what_waits(now=timezone.now())


OUTGOING = (
    Kind("people.mail_code", letters.code_by_mail, actions.note_code_sent),
    Kind("people.text_code", letters.code_by_text, actions.note_text_code, leaves=texting.leaves),
    Kind("people.phone_left", letters.left_by_text, actions.note_left_told, leaves=texting.leaves),
    Kind("people.new_device", notices.new_device, actions.note_device_told),
    Kind("people.change", notices.change),
    Kind("people.reset", notices.reset),
    Kind("people.reset_text", letters.reset_by_text, actions.note_reset_told, leaves=texting.leaves),
)
SCHEDULE = (Every(pass_help_on, at="06:40"),)
