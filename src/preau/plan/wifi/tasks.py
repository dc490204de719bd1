"""Each minute, what is past its end is put off."""

from django.utils import timezone

from preau.kit.schedule import Every
from preau.kit.tasks import task
from preau.plan.wifi import actions


@task
def close_due():
    """Windows at their end, or at the day's."""
    return actions.close_due(now=timezone.now())


SCHEDULE = (Every(close_due, minutes=1),)
