"""Web and worker, as two processes that start and stop together."""

import os
import signal
import subprocess
import sys
import time

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from preau.kit import durability

STOP_WAIT = 20  # seconds given to a request or a job to end


class Command(BaseCommand):
    help = "Sert les pages et fait les travaux, jusqu’à l’arrêt demandé (Ctrl+C ou SIGTERM)."

    def add_arguments(self, parser):
        parser.add_argument("--port", type=int, default=8000, help="port d’écoute (8000)")
        parser.add_argument("--host", default="127.0.0.1", help="adresse d’écoute (127.0.0.1)")
        parser.add_argument("--web-only", action="store_true", help="sans le travailleur, qui tourne ailleurs")

    def handle(self, *, port, host, web_only, **options):
        check_base()
        connection.close()
        words = [web_words(host, port)]
        if not web_only:
            words.append([sys.executable, "-m", "preau", "worker"])
        self.stdout.write(f"Préau écoute sur http://{host}:{port}/")
        self.stdout.flush()
        sys.exit(run_together(words))


def web_words(host, port):
    """The command line of the web server (stack.md §5: one process a core, two threads each)."""
    return [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port),
        "--workers", str(settings.WEB_WORKERS), "--blocking-threads", "2", "--no-ws", "--log-level", "warning",
        "--respawn-failed-workers", "--workers-kill-timeout", str(STOP_WAIT // 2), "config.wsgi:application",
    ]  # fmt: skip


def check_base():
    """Refuses to serve on a base that may lose what it acknowledges, or that is not up to date."""
    faults = durability.find_faults()
    if faults:
        raise CommandError("\n".join(faults))
    if not durability.is_up_to_date():
        raise CommandError("La base n’est pas à jour. Lancez\u00a0: bin/preau migrate")


def run_together(commands) -> int:
    """Starts them all; the first that ends, or a signal, ends the others. Returns the exit code."""
    asked = []
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda number, frame: asked.append(number))
    # Each in a session of its own: Ctrl+C reaches this process only, which stops them in order.
    processes = [subprocess.Popen(words, start_new_session=True) for words in commands]
    try:
        while not asked and all(process.poll() is None for process in processes):
            time.sleep(0.2)
    finally:
        stop(processes)
    return 0 if asked else 1


def stop(processes):
    """Asks, waits, then insists."""
    for process in processes:
        if process.poll() is None:
            process.terminate()
    end = time.monotonic() + STOP_WAIT
    for process in processes:
        try:
            process.wait(timeout=max(0.1, end - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
