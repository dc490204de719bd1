"""Web and worker, as two processes that start and stop together."""

import errno
import os
import signal
import socket
import subprocess
import sys
import time

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from preau.kit import durability
from preau.kit.refusals import reason_of

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
        if fault := port_fault(host, port):
            raise CommandError(fault)
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
