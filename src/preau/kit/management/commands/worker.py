"""The worker: takes jobs from the queue, and starts the regular ones."""

import logging
import os
import threading
import time

from django.core.management.base import BaseCommand
from django.db import connection
from django.utils import timezone
from django_tasks_db.management.commands.db_worker import Worker

from preau.kit import pauses, schedule
from preau.kit.serving import leases
from preau.kit.serving.sharing import give_back

LONGEST_PAUSE = 10  # seconds between two tries while the base does not answer
logger = logging.getLogger("preau.worker")


class Command(BaseCommand):
    requires_system_checks = ()  # they load every page; `preau serve` and the tests ran them
    help = "Fait les travaux en file d’attente et lance les travaux réguliers. Plusieurs peuvent tourner."

    def add_arguments(self, parser):
        parser.add_argument("--batch", action="store_true", help="faire ce qui attend, puis s’arrêter")
        parser.add_argument("--tick", type=float, default=1.0, help="secondes entre deux regards (1)")

    def handle(self, *, batch, tick, **options):
        worker = Worker(
            queue_names=["*"],
            interval=tick,
            batch=batch,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=leases.new_name(),
            excluded_queue_names=[],
        )
        worker.configure_signals()
        lease = Lease(worker, timezone.now())
        threading.Thread(target=lease.keep, daemon=True).start()
        threading.Thread(target=lease.watch, daemon=True).start()
        if batch:
            run_schedule(worker)
            worker.run()
            return
        threading.Thread(target=keep_schedule, args=(worker, tick), daemon=True).start()
        run_for_good(worker)


class Lease:
    """A worker's own: kept by one thread, and watched by another that waits for nothing."""

    def __init__(self, worker, now):
        self.worker, self.name, self.renewed_at, self.idle_at = worker, "", now, now

    def keep(self):
        pause = threading.Event()
        while not pause.wait(1):
            try:
                self.renew(timezone.now())
            except pauses.ERRORS as failure:
                logger.warning("the lease could not be renewed: %s", failure)
            finally:
                connection.close_if_unusable_or_obsolete()

    def renew(self, now):
        name = self.worker.worker_id
        is_due = name != self.name or now - self.renewed_at >= leases.RENEWED_EVERY
        if is_due and not self.is_overdue(now):
            leases.renew(name=name, now=now)
            self.name, self.renewed_at = name, now

    def watch(self):
        pause = threading.Event()
        while not pause.wait(1):
            if self.is_overdue(timezone.now()):
                logger.error("the lease was not renewed since %s: the job under way is given up", self.renewed_at)
                os._exit(1)  # another worker may take this job; the supervisor starts this one again

    def is_overdue(self, now) -> bool:
        """Whether a job under way is to be left at once. One taken since counts from there."""
        if not self.worker.running_task:
            self.idle_at = now
        return leases.is_overdue(max(self.renewed_at, self.idle_at), now)


def run_for_good(worker):
    """Waits for a base that does not answer, then goes on.

    It goes on under another name: the job under way when the base went is still written as held by the former one, and
    `schedule.revive` gives it back.
    """
    pause = 1
    while worker.running:
        started = time.monotonic()
        try:
            worker.run()
        except pauses.ERRORS as failure:
            if time.monotonic() - started > 2 * LONGEST_PAUSE:
                pause = 1
            logger.warning("the base does not answer, next try in %s s: %s", pause, failure)
            worker.worker_id = leases.new_name()
            time.sleep(pause)
            pause = min(2 * pause, LONGEST_PAUSE)


def run_schedule(worker):
    """One look at the clock."""
    now = timezone.now()
    schedule.tick(now=now)
    schedule.revive(now=now, me=worker.worker_id)


def keep_schedule(worker, tick):
    """Looks again and again; a base that does not answer is tried later."""
    pause = threading.Event()
    while not pause.wait(tick):
        try:
            run_schedule(worker)
        except pauses.ERRORS as failure:
            logger.warning("the schedule could not be read: %s", failure)
            pause.wait(5)
        except Exception:
            logger.exception("the schedule could not be read")
            pause.wait(5)
        finally:
            connection.close_if_unusable_or_obsolete()
            give_back()
