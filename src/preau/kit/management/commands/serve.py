"""Checks that Préau can serve, then gives its place to `config/web.py`, which starts web and worker."""

import errno
import resource
import socket
import time

from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, connection

from preau.kit import durability
from preau.kit.refusals import reason_of
from preau.kit.serving import supervisor
from preau.kit.serving.address import PORT, address_served

BASE_WAIT = 60  # seconds given at start to a base that starts as well


class Command(BaseCommand):
    help = "Sert les pages et fait les travaux, jusqu’à l’arrêt demandé (Ctrl+C ou SIGTERM)."

    def add_arguments(self, parser):
        parser.add_argument("--port", type=int, default=PORT, help=f"port d’écoute ({PORT})")
        parser.add_argument("--host", default="127.0.0.1", help="adresse d’écoute (127.0.0.1)")
        parser.add_argument("--web-only", action="store_true", help="sans le travailleur, qui tourne ailleurs")

    def handle(self, *, port, host, web_only, **options):
        check_base()
        connection.close()
        if fault := port_fault(host, port):
            raise CommandError(fault)
        open_many()
        self.stdout.write(f"Préau écoute sur http://{host}:{port}/")
        address = address_served(port)
        self.stdout.write(f"Les courriels mènent à {address}/ (PREAU_ADDRESS le change).")
        self.stdout.flush()
        supervisor.become(host, port, address=address, worker=not web_only)


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
