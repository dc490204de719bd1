"""The mails of the committees."""

from django.utils import timezone

from preau.kit.schedule import Every
from preau.kit.tasks import task
from preau.plan.governance import actions


@task
def send_invitations(session_id):
    """Mails what waits of one session; running twice sends nothing more."""
    return actions.send_invitations(session_id=session_id, now=timezone.now())


@task
def send_what_waited():
    """The mails queued at night or at the weekend; running twice sends nothing more."""
    return actions.send_what_waited(now=timezone.now())


SCHEDULE = (Every(send_what_waited, at="07:00"),)  # nothing that can wait leaves before (kit.mail.is_quiet)
