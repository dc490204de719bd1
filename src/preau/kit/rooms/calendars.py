"""What rooms put in a calendar, as RFC 5545 (iCalendar) writes it. Pure: entries in, bytes out; the same entries give
the same bytes, so that a reader who has them already is told so."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

LINE = 75  # octets of a line, the end left out (RFC 5545, 3.1)
HEAD = (
    "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Préau//Agenda//FR", "CALSCALE:GREGORIAN", "METHOD:PUBLISH",
    "X-WR-CALNAME:Préau", "REFRESH-INTERVAL;VALUE=DURATION:PT6H", "X-PUBLISHED-TTL:PT6H",
)  # fmt: skip
EPOCH = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)  # of what nobody wrote: DTSTAMP is asked of everything


@dataclass(frozen=True)
class Entry:
    """One thing of a calendar: two instants, or two days of which the last is not in it. `page` is the path of its own
    page, if it has one; `changed_at` is None for what no one writes."""

    uid: str
    title: str
    start: datetime.date
    end: datetime.date | None
    where: str = ""
    page: str = ""
    is_cancelled: bool = False
    version: int = 1
    changed_at: datetime.datetime | None = None


def written(entries: Iterable[Entry], host: str) -> bytes:
    """The whole calendar; `host` stands before the path of each page, « https://… »."""
    lines = [*HEAD]
    for entry in entries:
        lines += _event(entry, host)
    return "".join(f"{folded(line)}\r\n" for line in (*lines, "END:VCALENDAR")).encode()


def _event(entry, host):
    yield "BEGIN:VEVENT"
    yield f"UID:{entry.uid}@preau"
    yield f"DTSTAMP:{_instant(entry.changed_at or EPOCH)}"
    yield _moment("DTSTART", entry.start)
    if entry.end:
        yield _moment("DTEND", entry.end)
    yield f"SUMMARY:{escaped(entry.title)}"
    if entry.where:
        yield f"LOCATION:{escaped(entry.where)}"
    if entry.page:
        yield f"URL:{host}{entry.page}"
    yield f"SEQUENCE:{entry.version - 1}"
    yield f"STATUS:{'CANCELLED' if entry.is_cancelled else 'CONFIRMED'}"
    yield "CLASS:PRIVATE"
    yield "END:VEVENT"


def _moment(name, when):
    if isinstance(when, datetime.datetime):
        return f"{name}:{_instant(when)}"
    return f"{name};VALUE=DATE:{when:%Y%m%d}"


def _instant(when):
    return f"{when.astimezone(datetime.UTC):%Y%m%dT%H%M%SZ}"


def escaped(text: str) -> str:
    """A text value: what would end it, or begin another line, is escaped (RFC 5545, 3.3.11)."""
    text = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return "\\n".join(text.splitlines())


def folded(line: str) -> str:
    """A long line goes on after an end of line and a space; no sign is cut in two."""
    parts, room, part = [], LINE, ""
    for sign in line:
        if len((part + sign).encode()) > room:
            parts.append(part)
            part, room = "", LINE - 1
        part += sign
    return "\r\n ".join([*parts, part])
