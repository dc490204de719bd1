"""The list of erased persons, kept beside the base: a restored backup must not bring them back (trust.md T21).

One line a person in HOME/erased.jsonl: an identifier that means nothing by itself, and the instant. Every backup
carries the list; copy it more often than the backups, `restore --erased FILE` takes the copy.
"""

import json
import os
import uuid
from pathlib import Path

from django.conf import settings

from preau.kit.backup import ERASED


def path() -> Path:
    return Path(settings.HOME) / ERASED


def add(person_id, *, now) -> None:
    """Written to the disk before the erasure is committed: the list may hold one too many, never one too few."""
    line = json.dumps({"id": str(person_id), "at": now.isoformat()})
    settings.HOME.mkdir(parents=True, exist_ok=True)
    handle = os.open(path(), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        os.write(handle, f"{line}\n".encode())
        os.fsync(handle)
    finally:
        os.close(handle)


def read(source: Path | None = None) -> dict:
    """{person id: instant as text}; a line cut by a power failure is left out."""
    found = {}
    source = source or path()
    if not source.exists():
        return found
    for line in source.read_text().splitlines():
        try:
            said = json.loads(line)
            found[uuid.UUID(said["id"])] = said["at"]
        except (ValueError, KeyError, TypeError):
            continue
    return found


def merge(found: dict) -> None:
    """Adds what this home does not know yet."""
    known = read()
    new = {key: at for key, at in found.items() if key not in known}
    if new:
        settings.HOME.mkdir(parents=True, exist_ok=True)
        with open(path(), "a", opener=lambda name, flags: os.open(name, flags, 0o600)) as stream:
            stream.writelines(json.dumps({"id": str(key), "at": at}) + "\n" for key, at in new.items())
