"""The announcements that leave, and the mail to who wrote one that does not."""

from django.utils import timezone

from preau.ent.announcements import actions, notices
from preau.ent.announcements.actions.parents import REFUSED
from preau.kit.mail import Kind
from preau.kit.schedule import Every
from preau.kit.tasks import task
from preau.notify.actions import note_called


@task
def publish_due():
    """Running twice sends nothing twice."""
    return actions.publish_due(now=timezone.now())


SCHEDULE = (Every(publish_due, minutes=1),)
OUTGOING = (Kind(REFUSED, notices.refused, note_called),)
