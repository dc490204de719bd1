"""Sheets are made here; files received and files printed are not kept past a day (trust.md R22)."""

from django.utils import timezone

from preau.arrivals import actions
from preau.kit.schedule import Every
from preau.kit.tasks import task


@task
def make_sheets(job_id):
    """Makes the connection sheets of one class; running twice after they are ready changes nothing."""
    actions.make_sheets(job_id=job_id, now=timezone.now())


@task
def purge_uploads():
    """Deletes the files of uploads older than 24 hours; running twice changes nothing more."""
    return actions.purge_uploads(now=timezone.now())


@task
def purge_sheets():
    """Deletes the sheets asked for more than 24 hours ago."""
    return actions.purge_sheets(now=timezone.now())


SCHEDULE = (Every(purge_uploads, minutes=60), Every(purge_sheets, minutes=15))
