"""What the worker does of the room's, on time."""

from django.utils import timezone

from preau.insight.usage import actions
from preau.kit.schedule import Every
from preau.kit.tasks import task


@task
def flush_visits():
    return actions.flush(now=timezone.now())


@task
def close_weeks():
    return actions.close_weeks(now=timezone.now())


SCHEDULE = (Every(flush_visits, minutes=1), Every(close_weeks, at="03:30"))
