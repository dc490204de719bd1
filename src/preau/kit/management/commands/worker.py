"""The worker: takes jobs from the queue, and starts the regular ones."""

import logging
import threading

from django.core.management.base import BaseCommand
from django.db import connection
from django.utils import timezone
from django_tasks_db.management.commands.db_worker import Worker

from preau.kit import schedule

logger = logging.getLogger("preau.worker")


class Command(BaseCommand):
    help = "Fait les travaux en file d’attente et lance les travaux réguliers. Plusieurs peuvent tourner."

    def add_arguments(self, parser):
        parser.add_argument("--batch", action="store_true", help="faire ce qui attend, puis s’arrêter")
        parser.add_argument("--tick", type=float, default=1.0, help="secondes entre deux regards (1)")

    def handle(self, *, batch, tick, **options):
        me = schedule.worker_name()
        worker = Worker(
            queue_names=["*"], interval=tick, batch=batch, backend_name="default", startup_delay=False,
            max_tasks=None, worker_id=me, excluded_queue_names=[],
        )  # fmt: skip
        worker.configure_signals()
        if batch:
            run_schedule(me)
        else:
            threading.Thread(target=keep_schedule, args=(me, tick), daemon=True).start()
        worker.run()


def run_schedule(me):
    """One look at the clock."""
    now = timezone.now()
    schedule.tick(now=now)
    schedule.revive(now=now, me=me)


def keep_schedule(me, tick):
    """Looks again and again; a base that does not answer is tried later."""
    pause = threading.Event()
    while not pause.wait(tick):
        try:
            run_schedule(me)
        except Exception:
            logger.exception("the schedule could not be read")
            pause.wait(5)
        finally:
            connection.close_if_unusable_or_obsolete()
