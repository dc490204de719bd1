"""The web processes (decision 0021): one a core, whose threads kit/serving/front.py counts.

The application is loaded once, then each process is forked from this one: what they only read is in memory once.
"""

import gc
import multiprocessing
import sys

from django.conf import settings
from django.db import connections
from django.urls import get_resolver
from granian import Granian
from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels

from config.wsgi import application
from preau.kit.serving import front, supervisor


def main(host, port):
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
    load()
    multiprocessing.set_start_method("fork")
    server.serve()


def load():
    """Reads what every process needs, and leaves it out of garbage collection, which would write on each page of it."""
    assert application and front
    get_resolver().url_patterns  # noqa: B018
    connections.close_all()  # none is shared between processes
    gc.collect()
    gc.freeze()


if __name__ == "__main__":
    main(*sys.argv[1:])
