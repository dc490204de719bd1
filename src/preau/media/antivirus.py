"""Asks ClamAV by its socket whether a file is dangerous (clamd's INSTREAM, zero-terminated as its manual advises).

`PREAU_CLAMD` is the path of a Unix socket, or « host:port ». Without it nothing is looked at and files pass; with it
and no answer they are held, and asked about again (trust.md 55).
"""

import contextlib
import enum
import socket
import struct

from django.conf import settings

SECONDS = 10
CHUNK = 64 * 1024
LENGTH = struct.Struct("!I")


class Verdict(enum.Enum):
    """What is known of a file. Only `DOWN` holds it back; `DANGEROUS` refuses it."""

    NO_ENGINE = "no engine"
    CLEAN = "clean"
    DANGEROUS = "dangerous"
    DOWN = "down"

    @property
    def passes(self) -> bool:
        return self in (Verdict.NO_ENGINE, Verdict.CLEAN)


def is_set() -> bool:
    return bool(settings.CLAMD)


def look(content: bytes) -> Verdict:
    """What the engine says. An answer that is neither yes nor no (too large, busy) is no answer."""
    if not is_set():
        return Verdict.NO_ENGINE
    chunks = (content[start : start + CHUNK] for start in range(0, len(content), CHUNK))
    said = _ask(b"zINSTREAM\0", *(LENGTH.pack(len(chunk)) + chunk for chunk in chunks), LENGTH.pack(0))
    if said.endswith(b" FOUND"):
        return Verdict.DANGEROUS
    return Verdict.CLEAN if said == b"stream: OK" else Verdict.DOWN


def answers() -> bool:
    """Whether an engine that is set is there."""
    return _ask(b"zPING\0", seconds=2) == b"PONG"


def is_silent() -> bool:
    """An engine is set and is not there: nothing can be learnt of any file."""
    return is_set() and not answers()


def _ask(*parts, seconds=SECONDS):
    """The answer without its end; empty when there is none."""
    try:
        with _connected(seconds) as line:
            with contextlib.suppress(
                BrokenPipeError, ConnectionResetError
            ):  # what it says tells why it stopped reading
                for part in parts:
                    line.sendall(part)
            said = b""
            while not said.endswith(b"\0") and (more := line.recv(4096)):
                said += more
    except (OSError, ValueError):
        return b""
    return said.rstrip(b"\0\n")


def _connected(seconds):
    host, _, port = settings.CLAMD.rpartition(":")
    if host:
        return socket.create_connection((host.strip("[]"), int(port)), timeout=seconds)
    line = socket.socket(socket.AF_UNIX)
    line.settimeout(seconds)
    try:
        line.connect(settings.CLAMD)
    except OSError:
        line.close()
        raise
    return line
