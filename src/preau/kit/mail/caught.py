"""The mails of a demo: no relay is set, each is kept in a file of the home, and a page reads them."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from pathlib import Path

from django.conf import settings

SHOWN = 50
ADDRESS = re.compile(r"https?://[^/\s]+(/\S*)")


@dataclass(frozen=True)
class Caught:
    """A mail that left, as its reader would see it; `paths` are the pages of ours that it leads to."""

    to: str
    subject: str
    text: str
    sent_at: datetime
    paths: tuple[str, ...]


def caught_mails() -> list[Caught]:
    """The last ones, newest first."""
    folder = Path(settings.EMAIL_FILE_PATH)
    files = sorted(folder.glob("*.log"), key=lambda path: path.stat().st_mtime, reverse=True) if folder.exists() else []
    return [_read(path) for path in files[:SHOWN]]


def _read(path):
    """One file, one mail: each is sent by a connection of its own (kit.mail.sending)."""
    message = message_from_bytes(path.read_bytes(), policy=policy.default)
    text = message.get_content().rstrip("\n-")
    sent_at = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    return Caught(message["To"], message["Subject"], text, sent_at, tuple(ADDRESS.findall(text)))
