"""The digest of the evening."""

from django.utils import timezone

from preau.kit.mail import Kind
from preau.kit.schedule import Every
from preau.kit.tasks import task
from preau.notify import actions, notices


@task
def tell_evening():
    """Running twice tells nobody twice."""
    return actions.tell_evening(now=timezone.now())


OUTGOING = (Kind("notify.evening", notices.evening),)
SCHEDULE = (Every(tell_evening, at="17:30"),)
