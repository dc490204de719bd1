"""Regular jobs, retries and the recovery of jobs whose worker died. Runs in the worker process beside the queue.

A room's `tasks.py` says its own: `SCHEDULE = (Every(close_weeks, at="03:30"), Every(flush, minutes=1))`.
Every job must bear being run again: it is retried, and a turn may be cut by a power failure. It never runs twice at a
time: a job belongs to its worker for as long as that one lives (`serving.leases`), and a turn waits for the former one.
"""

import datetime
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django_tasks.base import Task, TaskResultStatus
from django_tasks_db.models import DBTaskResult

from preau.kit.models import ScheduledJob
from preau.kit.rooms import given_by_rooms
from preau.kit.serving import leases

MAX_TRIES = 5
FIRST_WAIT = datetime.timedelta(seconds=15)  # then 30 s, 1 min, 2 min
KEPT = datetime.timedelta(days=7)
GIVEN_UP = datetime.timedelta(days=1)  # a failed job is looked at again during this time


@dataclass(frozen=True)
class Every:
    """A job and its rhythm: every so many minutes, or each day at a local hour (« 03:30 »)."""

    job: Task
    minutes: int = 0
    at: str = ""

    @property
    def name(self) -> str:
        return self.job.module_path

    def next_due(self, now: datetime.datetime) -> datetime.datetime:
        """The first turn strictly after `now`."""
        if self.minutes:
            return now + datetime.timedelta(minutes=self.minutes)
        local = timezone.localtime(now)
        hour, minute = map(int, self.at.split(":"))
        for days in (0, 1):
            day = local.date() + datetime.timedelta(days=days)
            due = datetime.datetime(day.year, day.month, day.day, hour, minute, tzinfo=local.tzinfo)
            if due > local:
                break
        return due


def entries() -> list[Every]:
    """The jobs that rooms declare, in the order of the floors."""
    return given_by_rooms("tasks", "SCHEDULE")


def tick(*, now, jobs=None) -> list[str]:
    """Enqueues what is due and returns its names; each turn is taken by one worker only."""
    known = {job.name: job.due_at for job in ScheduledJob.objects.all()}
    started = []
    for entry in entries() if jobs is None else jobs:
        due_at = known.get(entry.name)
        if due_at is None:
            first = now if entry.minutes else entry.next_due(now)
            due_at = ScheduledJob.objects.get_or_create(name=entry.name, defaults={"due_at": first})[0].due_at
        if due_at <= now and _take(entry, due_at, now):
            started.append(entry.name)
    return started


@transaction.atomic
def _take(entry, due_at, now):
    turn = ScheduledJob.objects.select_for_update().filter(name=entry.name, due_at=due_at).first()
    if turn is None or _turns(entry.name, TaskResultStatus.RUNNING).exists():  # taken, or the former one still runs
        return False
    turn.due_at = entry.next_due(now)
    turn.save(update_fields=["due_at"])
    if not _turns(entry.name, TaskResultStatus.READY).exists():  # a busy worker finds one turn, not an hour of them
        entry.job.enqueue()
    return True


def _turns(name, *statuses):
    return DBTaskResult.objects.filter(task_path=name, status__in=statuses)


def revive(*, now, me) -> int:
    """Makes ready again the jobs whose worker is gone and the failed ones whose wait is over. Returns how many."""
    count, renewed = 0, leases.renewals()
    for job in DBTaskResult.objects.running():
        holder = job.worker_ids[-1] if job.worker_ids else ""
        if leases.is_gone(holder, since=job.started_at, now=now, me=me, renewed=renewed):
            count += _make_ready(job, now)
    for job in DBTaskResult.objects.failed().filter(finished_at__gt=now - GIVEN_UP):
        tries = len(job.worker_ids)
        if tries < MAX_TRIES and job.finished_at + FIRST_WAIT * 2 ** (tries - 1) <= now:
            count += _try_again(job, now)
    return count


@transaction.atomic
def _try_again(job, now):
    """A regular job's later turn does as well: two of them would run at a time."""
    turn = ScheduledJob.objects.select_for_update().filter(name=job.task_path).first()
    if turn and _turns(turn.name, TaskResultStatus.READY, TaskResultStatus.RUNNING).exists():
        return 0
    return _make_ready(job, now)


def _make_ready(job, now):
    same = DBTaskResult.objects.filter(id=job.id, status=job.status, started_at=job.started_at)
    return same.update(status=TaskResultStatus.READY, run_after=now)


def prune(*, now) -> int:
    """Forgets jobs finished a week ago: they hold ids only, and nobody asks for them any more."""
    leases.forget(now=now)
    return DBTaskResult.objects.finished().filter(finished_at__lt=now - KEPT).delete()[0]
