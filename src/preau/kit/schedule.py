"""Regular jobs, retries and the recovery of jobs whose worker died. Runs in the worker process beside the queue.

A room's `tasks.py` says its own: `SCHEDULE = (Every(close_weeks, at="03:30"), Every(flush, minutes=1))`.
Every job must bear being run twice: it is retried, and a turn may be cut by a power failure.
"""

import datetime
import os
import socket
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django_tasks.base import Task, TaskResultStatus
from django_tasks_db.models import DBTaskResult

from preau.kit.models import ScheduledJob
from preau.kit.rooms import given_by_rooms

MAX_TRIES = 5
FIRST_WAIT = datetime.timedelta(seconds=15)  # then 30 s, 1 min, 2 min
LONGEST_RUN = datetime.timedelta(minutes=15)  # a job of another machine running longer has lost its worker
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
    """What the rooms ask for, in the order of the floors."""
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
    taken = ScheduledJob.objects.filter(name=entry.name, due_at=due_at).update(due_at=entry.next_due(now))
    if not taken:
        return False
    waiting = DBTaskResult.objects.filter(task_path=entry.name, status=TaskResultStatus.READY)
    if not waiting.exists():  # a busy worker finds one turn waiting, not an hour of them
        entry.job.enqueue()
    return True


def worker_name() -> str:
    """Tells a dead worker from a living one: machine, process, and a token of its own."""
    return f"{socket.gethostname()[:30]}:{os.getpid()}:{os.urandom(6).hex()}"


def revive(*, now, me) -> int:
    """Makes ready again the jobs whose worker is gone and the failed ones whose wait is over. Returns how many."""
    count = 0
    for job in DBTaskResult.objects.running():
        if _is_lost(job, now, me):
            count += _make_ready(job, now)
    for job in DBTaskResult.objects.failed().filter(finished_at__gt=now - GIVEN_UP):
        tries = len(job.worker_ids)
        if tries < MAX_TRIES and job.finished_at + FIRST_WAIT * 2 ** (tries - 1) <= now:
            count += _make_ready(job, now)
    return count


def _is_lost(job, now, me):
    if job.started_at < now - LONGEST_RUN:
        return True
    host, process, _ = (job.worker_ids[-1].rsplit(":", 2) if job.worker_ids else ("", "0", ""))[:3]
    my_host, my_process, _ = me.rsplit(":", 2)
    if host != my_host or job.worker_ids[-1] == me:
        return False
    return process == my_process or not _is_alive(int(process))


def _is_alive(process):
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _make_ready(job, now):
    same = DBTaskResult.objects.filter(id=job.id, status=job.status, started_at=job.started_at)
    return same.update(status=TaskResultStatus.READY, run_after=now)


def prune(*, now) -> int:
    """Forgets jobs finished a week ago: they hold ids only, and nobody asks for them any more."""
    return DBTaskResult.objects.finished().filter(finished_at__lt=now - KEPT).delete()[0]
