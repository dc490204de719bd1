"""Work done outside the request, enqueued by name with ids as arguments."""

from django.utils import timezone

from preau.kit import schedule

try:
    from django.tasks import task
except ImportError:  # Django 5.2
    from django_tasks import task

__all__ = ["task"]


@task
def prune_jobs():
    """Forgets the jobs that ended a week ago."""
    return schedule.prune(now=timezone.now())


SCHEDULE = (schedule.Every(prune_jobs, at="03:10"),)
