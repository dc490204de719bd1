"""Whether this machine can serve, for /sante and whoever watches it."""

import datetime
import shutil
from dataclasses import dataclass, field

from django.conf import settings
from django.db.models import Min
from django_tasks_db.models import DBTaskResult

from preau.kit import mail, pauses
from preau.kit.models import ScheduledJob

LONGEST_WAIT = datetime.timedelta(seconds=60)
DISK_FLOOR = 64 * 1024 * 1024  # below this, a write may fail at any moment
LOCK_WAIT = 2000  # milliseconds
DISK_ALARM = 85  # percent


@dataclass
class Health:
    """`problems` make the service unavailable, `warnings` do not yet; both are texts for the operator."""

    problems: list = field(default_factory=list)
    warnings: list = field(default_factory=list)
    oldest_wait_seconds: int = 0
    disk_used_percent: int = 0

    @property
    def is_good(self) -> bool:
        return not self.problems


def check(*, now) -> Health:
    """Reads the base, the queue and the disks."""
    health = Health()
    _check_disks(health)
    try:
        _check_queue(health, now)
        if count := mail.troubled(now):
            health.warnings.append(f"envois abandonnés depuis un jour\u00a0: {count}")
        if not pauses.takes_writes(LOCK_WAIT):
            health.problems.append("un autre programme bloque la base")
    except pauses.ERRORS:
        health.problems.append("base injoignable")
    return health


def _check_disks(health):
    for folder in {settings.HOME, settings.FILES_ROOT, settings.SPOOL_ROOT}:
        existing = next(path for path in (folder, *folder.parents) if path.exists())
        usage = shutil.disk_usage(existing)
        health.disk_used_percent = max(health.disk_used_percent, round(100 * (1 - usage.free / usage.total)))
        if usage.free < DISK_FLOOR and "disque plein" not in health.problems:
            health.problems.append("disque plein")
    if health.disk_used_percent >= DISK_ALARM:
        health.warnings.append("disque presque plein")


def _check_queue(health, now):
    # A job with an hour of its own waits from that hour; the others carry a date without end, and wait from the start.
    set_for = DBTaskResult.objects.ready().filter(run_after__lte=now).aggregate(at=Min("run_after"))
    at_once = DBTaskResult.objects.ready().filter(run_after__gt=now).aggregate(at=Min("enqueued_at"))
    regular = ScheduledJob.objects.aggregate(at=Min("due_at"))
    oldest = min((found["at"] for found in (set_for, at_once, regular) if found["at"]), default=now)
    wait = max(now - oldest, datetime.timedelta())
    health.oldest_wait_seconds = int(wait.total_seconds())
    if wait > LONGEST_WAIT:
        health.problems.append("un travail attend depuis plus d’une minute")
    failed = DBTaskResult.objects.failed().filter(finished_at__gt=now - datetime.timedelta(days=1)).count()
    if failed:
        health.warnings.append(f"travaux échoués depuis hier\u00a0: {failed}")
