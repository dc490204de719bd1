"""Identifiers that sort by the time they were made, so that new rows land together in an index."""

import os
import time
import uuid
from datetime import datetime


def uuid7() -> uuid.UUID:
    """A version 7 UUID (RFC 9562): 48 bits of milliseconds, 12 bits of the fraction of the millisecond (§6.2, method 3:
    two rows written in one millisecond keep their order), then 62 random bits."""
    milliseconds, rest = divmod(time.time_ns(), 1_000_000)
    value = (milliseconds << 80) | (rest * 4096 // 1_000_000 << 64) | int.from_bytes(os.urandom(8), "big")
    value = value & ~(0xF << 76) | (0x7 << 76)
    value = value & ~(0x3 << 62) | (0x2 << 62)
    return uuid.UUID(int=value)


def first_id_of(instant: datetime) -> uuid.UUID:
    """The least of the version 7 identifiers made from that instant on: rows written since have one as great."""
    value = (int(instant.timestamp() * 1000) << 80) | (0x7 << 76) | (0x2 << 62)
    return uuid.UUID(int=value)


def ids_of(texts: list[str], most: int = 60) -> list[uuid.UUID]:
    """From what an address or a box sends; what is no id is left out."""
    found = []
    for part in texts[:most]:
        try:
            found.append(uuid.UUID(part))
        except ValueError:
            continue
    return found
