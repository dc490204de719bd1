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
    """The smallest version 7 identifier of that instant: every row written since has one at least as large."""
    value = (int(instant.timestamp() * 1000) << 80) | (0x7 << 76) | (0x2 << 62)
    return uuid.UUID(int=value)


def sending(once: uuid.UUID | None, *said) -> uuid.UUID | None:
    """The id of what is written from a page (`once`). Pressed twice, it has the same one; other words, or other files,
    sent from a page that was slow to answer are another sending: nothing typed is lost."""
    return once and uuid.uuid5(once, str([str(each) for each in said]))


def ids_of(texts: list[str], most: int = 60) -> list[uuid.UUID]:
    """Parses the UUIDs sent by an address or a checkbox; anything that is not one is left out."""
    found = []
    for part in texts[:most]:
        try:
            found.append(uuid.UUID(part))
        except ValueError:
            continue
    return found
