"""What `bin/serve` becomes: it loads the application once, and forks the worker and the web processes (decision 0021),
one a core, whose threads kit/serving/front.py counts: what they only read is in memory once.
"""

import sys
from functools import partial

from django.conf import settings
from django.core.management import call_command
from django.db import connections
from django.template import engines
from django.urls import get_resolver
from granian import Granian
from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels

from config.wsgi import application
from preau.kit import schedule
from preau.kit.management.commands import worker
from preau.kit.rooms import given_by_rooms
from preau.kit.serving import front, supervisor
from preau.kit.serving.sharing import keep_for_good

OF_ROOMS = ("doors", "stream", "waiting", "story")  # files that pages ask of each room (kit.rooms)


def main(host, port, *with_worker):
    load()
    supervisor.take_name("preau serve")
    parts = {"preau web": partial(serve, host, port)}
    if with_worker:
        parts["preau worker"] = partial(call_command, worker.Command())
    sys.exit(supervisor.run_together(parts))


def serve(host, port):
    server = Granian(
        "config.asgi:application",
        address=host,
        port=int(port),
        interface=Interfaces.ASGINL,
        workers=settings.WEB_WORKERS,
        http=HTTPModes.http1,
        websockets=False,
        log_level=LogLevels.warning,
        http1_settings=HTTP1Settings(header_read_timeout=15_000),
        backlog=4096,
        backpressure=2048,
        respawn_failed_workers=True,
        workers_kill_timeout=supervisor.STOP_WAIT // 2,
    )
    server.serve()  # forks in turn: multiprocessing goes on as this process was made


def load():
    """What every process needs, read once, then kept for good: none is to copy it."""
    assert application and front
    assert get_resolver().reverse_dict and engines["django"] and schedule.entries()
    for file in OF_ROOMS:
        given_by_rooms(file, "")
    connections.close_all()  # none is shared between processes
    keep_for_good()


if __name__ == "__main__":
    main(*sys.argv[1:])
