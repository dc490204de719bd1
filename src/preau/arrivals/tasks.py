"""Files received are not kept past a day (trust.md R22)."""

from django.utils import timezone

from preau.arrivals import actions
from preau.kit.schedule import Every
from preau.kit.tasks import task


@task
def purge_uploads():
    """Deletes the files of uploads older than 24 hours; running twice changes nothing more."""
    return actions.purge_uploads(now=timezone.now())


SCHEDULE = (Every(purge_uploads, minutes=60),)
