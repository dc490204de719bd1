"""What the worker does of the room's, on time. Each hour: files dropped may not wait a day more than their 24 hours."""

from django.utils import timezone

from preau.kit.schedule import Every
from preau.kit.tasks import task
from preau.privacy import actions


@task
def purge():
    return dict(actions.purge(now=timezone.now()))


@task
def sweep_files():
    """Reads the names that every row gives: at night."""
    return actions.sweep_files(now=timezone.now())


SCHEDULE = (Every(purge, minutes=60), Every(sweep_files, at="03:40"))
