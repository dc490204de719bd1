"""Web and worker, as two processes that start and stop together; one that falls is started again alone."""

import contextlib
import errno
import logging
import os
import resource
import signal
import socket
import subprocess
import sys
import time
from functools import partial

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, connection

from preau.kit import durability
from preau.kit.orphans import end_with_parent
from preau.kit.refusals import reason_of

STOP_WAIT = 20  # seconds given to a request or a job to end
FIRST_PAUSE, LONGEST_PAUSE = 1, 30  # seconds before a part that fell is started again
STANDS_AFTER = 60  # seconds
MOST_TRIES = 8  # about two minutes
BASE_WAIT = 60  # seconds given at start to a base that starts as well
logger = logging.getLogger("preau.serve")


class Command(BaseCommand):
    help = "Sert les pages et fait les travaux, jusqu’à l’arrêt demandé (Ctrl+C ou SIGTERM)."

    def add_arguments(self, parser):
        parser.add_argument("--port", type=int, default=8000, help="port d’écoute (8000)")
        parser.add_argument("--host", default="127.0.0.1", help="adresse d’écoute (127.0.0.1)")
        parser.add_argument("--web-only", action="store_true", help="sans le travailleur, qui tourne ailleurs")

    def handle(self, *, port, host, web_only, **options):
        check_base()
        connection.close()
        if fault := port_fault(host, port):
            raise CommandError(fault)
        words = [web_words(host, port)]
        if not web_only:
            words.append([sys.executable, "-m", "preau", "worker"])
        open_many()
        self.stdout.write(f"Préau écoute sur http://{host}:{port}/")
        self.stdout.flush()
        sys.exit(run_together(words))


def web_words(host, port):
    """The command line of the web server (decision 0021): one process a core, whose threads kit/front.py counts."""
    return [
        sys.executable, "-m", "granian", "--interface", "asginl", "--host", host, "--port", str(port),
        "--workers", str(settings.WEB_WORKERS), "--http", "1", "--no-ws", "--log-level", "warning",
        "--http1-header-read-timeout", "15000", "--backlog", "4096", "--backpressure", "2048",
        "--respawn-failed-workers", "--workers-kill-timeout", str(STOP_WAIT // 2), "config.asgi:application",
    ]  # fmt: skip


def check_base():
    """Refuses to serve on a base that may lose what it acknowledges, or that is not up to date."""
    wait_for_base()
    faults = durability.find_faults()
    if faults:
        raise CommandError("\n".join(faults))
    if not durability.is_up_to_date():
        raise CommandError("La base n’est pas à jour. Lancez\u00a0: bin/preau migrate")


def open_many():
    """A thousand slow visitors hold a thousand connections; a shell often allows as many files."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most if 0 < most < 65536 else 65536, most))


def wait_for_base():
    """After a power cut Préau may start before its base."""
    end = time.monotonic() + BASE_WAIT
    while True:
        try:
            connection.ensure_connection()
            return
        except OperationalError as failure:
            if time.monotonic() > end:
                raise CommandError(f"La base ne répond pas\u00a0: {failure}") from None
            time.sleep(1)


def port_fault(host, port) -> str:
    """Why nothing can listen there, or nothing. The web server would share a port with whoever has it: two bases would
    answer in turn."""
    if not 0 < port < 65536:
        return "Un port est un nombre de 1 à 65535."
    try:
        kind, *_, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except socket.gaierror:
        return f"Cette machine ne connaît pas l’adresse «\u00a0{host}\u00a0»."
    with socket.socket(kind) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # one just left is free
        try:
            probe.bind(address)
        except OSError as failure:
            why = "il est déjà pris" if failure.errno == errno.EADDRINUSE else reason_of(failure)
            return f"Préau n’écoute pas sur le port {port}\u00a0: {why}. Choisissez-en un autre avec --port."
    return ""


def run_together(commands) -> int:
    """Starts them all and starts again the one that ends; a signal stops them all. Returns the exit code."""
    asked = []
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda number, frame: asked.append(number))
    parts = [Part(words) for words in commands]
    try:
        while not asked and not any(part.never_stood for part in parts):
            for part in parts:
                part.look_after()
            time.sleep(0.2)
    finally:
        stop([part.process for part in parts])
    return 0 if asked else 1


class Part:
    """One of the processes, in a session of its own: Ctrl+C reaches the supervisor only, which stops them in order."""

    def __init__(self, words):
        self.words, self.pause, self.tries = words, FIRST_PAUSE, 0
        self.start()

    def start(self):
        self.process = subprocess.Popen(
            self.words, start_new_session=True, preexec_fn=partial(end_with_parent, os.getpid())
        )
        self.started_at, self.next_at = time.monotonic(), None

    def look_after(self):
        """Starts it again when it has ended: after a second, then later and later until it stands for a minute."""
        now = time.monotonic()
        if self.process.poll() is None:
            if now - self.started_at > STANDS_AFTER:
                self.pause, self.tries = FIRST_PAUSE, 0
        elif self.next_at is None:
            kill_group(self.process)  # what it had started itself
            logger.error("%s ended with %s, next try in %s s", self.words[2], self.process.returncode, self.pause)
            self.next_at, self.pause, self.tries = now + self.pause, min(2 * self.pause, LONGEST_PAUSE), self.tries + 1
        elif now >= self.next_at:
            self.start()

    @property
    def never_stood(self) -> bool:
        """It falls each time it starts: whoever started Préau is to know."""
        return self.tries >= MOST_TRIES


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
            kill_group(process)
            process.wait()


def kill_group(process):
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
