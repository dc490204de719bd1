"""Hits written outside the database: one line each, appended at once to a file of the process and the minute.

A file is never written once its minute is over, so the worker reads it to its end. A killed web process loses nothing
it had written; a power cut loses at most what the disk had not yet taken, less than a minute.
"""

import datetime
import json
import os
import threading
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

MARGIN = 2  # seconds between choosing a file and having written to it, at the very most
_lock = threading.Lock()
_open = {}  # {"key": (folder, minute, process), "handle": int}


def write(line: dict, *, now: datetime.datetime) -> None:
    """Appends one line; the operating system has it when this returns."""
    text = json.dumps(line, separators=(",", ":")) + "\n"
    with _lock:
        os.write(_handle(int(now.timestamp()) // 60), text.encode())


def _handle(minute):
    """The open file of this process and this minute; another minute, later or earlier, opens a file of its own."""
    folder, process = str(settings.SPOOL_ROOT), os.getpid()
    known = _open.get("key")
    if known and known[0] == folder and known[2] == process:
        if minute == known[1]:
            return _open["handle"]
        os.close(_open["handle"])
    Path(folder).mkdir(parents=True, exist_ok=True)
    name = f"visits-{minute}-{process}-{os.urandom(4).hex()}.jsonl"
    _open["handle"] = os.open(Path(folder) / name, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    _open["key"] = (folder, minute, process)
    return _open["handle"]


def finished_files(now: datetime.datetime) -> list[Path]:
    """Files that no process writes to any more, oldest first."""
    last = int(now.timestamp() - MARGIN) // 60
    found = []
    for path in Path(settings.SPOOL_ROOT).glob("visits-*.jsonl"):
        if int(path.name.split("-")[1]) < last:
            found.append(path)
    return sorted(found)


def read(path: Path) -> Iterator[dict]:
    """The lines of a file; one cut by a kill or a full disk is left out."""
    with path.open(errors="replace") as file:
        for text in file:
            try:
                yield json.loads(text)
            except ValueError:
                continue
