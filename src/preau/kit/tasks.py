"""Work done outside the request, enqueued by name with ids as arguments."""

from django.utils import timezone
from django.utils.module_loading import import_string

from preau.kit import mail, schedule

try:
    from django.tasks import task
except ImportError:  # Django 5.2
    from django_tasks import task

__all__ = ["enqueue", "task"]


def enqueue(name: str, *ids: str) -> None:
    """Puts a job on the queue by its dotted path, with ids and words that name nobody: called in a transaction, it goes
    or stays with it."""
    import_string(name).enqueue(*ids)


@task
def prune_jobs():
    """Forgets the jobs that ended a week ago."""
    return schedule.prune(now=timezone.now())


@task
def send_mail(outgoing_id):
    """Sends one mail of the outbox; played twice, it leaves once."""
    return mail.send(outgoing_id=outgoing_id, now=timezone.now())


@task
def send_mails():
    """Sends what is due of the outbox, and settles what a dead worker left."""
    return mail.send_due(now=timezone.now())


SCHEDULE = (schedule.Every(prune_jobs, at="03:10"), schedule.Every(send_mails, minutes=1))
