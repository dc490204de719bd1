"""Which workers live: each renews a lease in the base while it runs, and loses its jobs once its lease is over.

A worker that cannot renew its own, the base being away or the machine asleep, stops in the middle of its job well
before another may take that job: no job runs twice at a time.
"""

import datetime
import hashlib
import os
import socket
from pathlib import Path

from preau.kit.models import WorkerLease

LIFE = datetime.timedelta(minutes=5)  # of a lease since it was renewed, clocks of two machines apart included
RENEWED_EVERY = datetime.timedelta(seconds=15)
GIVES_UP_AFTER = LIFE / 2  # without having renewed it


def new_name() -> str:
    """Of a worker: where it runs, its process, and a token of its own."""
    return f"{_place()}:{os.getpid()}:{os.urandom(6).hex()}"


def renew(*, name, now) -> None:
    """The worker of this name lives."""
    WorkerLease.objects.update_or_create(name=name, defaults={"renewed_at": now})


def is_overdue(last_at, now) -> bool:
    """Whether a worker must leave its job, that renewed its lease, or took this job, then for the last time."""
    return now - last_at > GIVES_UP_AFTER


def renewals() -> dict[str, datetime.datetime]:
    """{name of a worker: when it last said that it lives}"""
    return dict(WorkerLease.objects.values_list("name", "renewed_at"))


def is_gone(name, *, since, now, me, renewed) -> bool:
    """Whether a worker lives no longer, of which a job says that it took it at `since`. `renewed`: of `renewals`.

    A process of this very system is looked for, so that the job of one that was killed does not wait for its lease.
    """
    if name == me:
        return False
    place, process, _ = name.rsplit(":", 2) if name.count(":") >= 2 else ("", "0", "")
    my_place, my_process, _ = me.rsplit(":", 2)
    if place == my_place and (process == my_process or not _is_alive(int(process))):
        return True
    return max(renewed.get(name, since), since) < now - LIFE


def forget(*, now) -> None:
    """Leases of workers long gone."""
    WorkerLease.objects.filter(renewed_at__lt=now - 2 * LIFE).delete()


def _place():
    """Tells this system, since it started, from any other: two containers may bear one name, and count processes
    each for itself."""
    try:
        marks = Path("/proc/sys/kernel/random/boot_id").read_text(), os.stat("/proc/self/ns/pid").st_ino
    except OSError:  # not Linux
        marks = (socket.gethostname(),)
    return hashlib.sha256(repr(marks).encode()).hexdigest()[:16]


def _is_alive(process):
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
