"""Text messages: a few words to a mobile number, by a carrier's service or, in a demo, to a page. A carrier is not
ours: no name, no text of a mot. Off unless an installation sets it up.

What the carrier is asked: POST of JSON {"to", "text", "reference"}, with « Authorization: Bearer … » and an
« Idempotency-Key » that two copies share. What it says back later, at `texts_received`: {"reference", "state":
"delivered" or "failed"}, signed by « X-Preau-Signature: sha256=… », HMAC of the body (docs/operations.md).
"""

import hmac
import json
import string
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings

from preau.kit.mail import AddressRefused, NotSent
from preau.kit.outbound.client import NotAllowed, Unreachable, ask

WRONG_NUMBER = (400, 404, 410, 422)
# The alphabet of a telephone's text messages (3GPP TS 23.038 §6.2.1); one sign out of it halves what a message holds.
TWICE = frozenset("^{}\\[~]|€")  # each counts as two
SMALL = frozenset(string.digits + string.ascii_letters + " \n\r£¥èéùìòÇØøÅåΔΦΓΛΩΠΨΣΘΞÆæßÉ¤¡ÄÖÑÜ§¿äöñüà")
SMALL |= TWICE | set(string.punctuation) - {"`"}
# Plain spaces, apostrophes, quotes and dots for ours.
PLAIN = {0xA0: " ", 0x202F: " ", 0x2019: "'", 0xAB: '"', 0xBB: '"', 0x201C: '"', 0x201D: '"', 0x2026: "..."}
DELIVERED, FAILED = "delivered", "failed"


@dataclass(frozen=True)
class Text:
    """Ready to leave by the outbox. `number` is « +33612345678 »; `reference` comes back with the receipt."""

    number: str
    text: str
    reference: str

    def leave(self, message_id: str) -> None:
        """Raises AddressRefused when this number takes none, NotSent when a later try may do."""
        DRIVERS[settings.SMS_DRIVER](self, message_id)


@dataclass(frozen=True)
class Caught:
    """A text message of the demo, as its reader would see it."""

    to: str
    text: str
    sent_at: datetime


def as_sent(text: str) -> str:
    """The same words with plain spaces, apostrophes and quotes: the small alphabet holds no others."""
    return text.translate(PLAIN)


def segments_of(text: str) -> int:
    """How many messages a carrier counts, and bills: 160 signs of the small alphabet in one, 153 in each of several; 70
    then 67 of any other (3GPP TS 23.038, TS 23.040 §9.2.3.24.1). A sign that counts for two is never split."""
    is_small = set(text) <= SMALL
    one, each = (160, 153) if is_small else (70, 67)
    sizes = [1 + (sign in TWICE if is_small else ord(sign) > 0xFFFF) for sign in text]
    count, room = 1, one if sum(sizes) <= one else each
    for size in sizes:
        if size > room:
            count, room = count + 1, each
        room -= size
    return count


def leaves() -> bool:
    """Whether this installation sends text messages at all."""
    return bool(settings.SMS_DRIVER)


def gives_receipt_at_once() -> bool:
    """True for the demo driver: a text counts as delivered as soon as it is sent."""
    return settings.SMS_DRIVER == "file"


def caught_texts(most: int) -> list[Caught]:
    """The last ones of the demo, newest first."""
    folder = Path(settings.SMS_FILE_PATH)
    files = sorted(folder.glob("*.json"), key=lambda path: path.stat().st_mtime, reverse=True)[:most]
    read = [(path, json.loads(path.read_text())) for path in files]
    return [Caught(one["to"], one["text"], datetime.fromtimestamp(path.stat().st_mtime, UTC)) for path, one in read]


def receipt_of(body: bytes, signature: str) -> tuple[uuid.UUID, str] | None:
    """(reference, DELIVERED or FAILED) of what a carrier says; None when it is not the carrier's, or not that."""
    secret = settings.SMS_SECRET.encode()
    due = f"sha256={hmac.new(secret, body, sha256).hexdigest()}"
    if not secret or not hmac.compare_digest(due.encode(), signature.encode()):
        return None
    try:
        said = json.loads(body)
        reference, state = uuid.UUID(said["reference"]), said["state"]
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
    return (reference, state) if state in (DELIVERED, FAILED) else None


def _to_file(text, message_id):
    body = json.dumps({"to": text.number, "text": as_sent(text.text)}, ensure_ascii=False)
    folder = Path(settings.SMS_FILE_PATH)
    folder.mkdir(parents=True, exist_ok=True)
    being_written = folder / f"{message_id}.tmp"
    being_written.write_text(body)
    being_written.replace(folder / f"{message_id}.json")  # the page never reads a half


def _to_carrier(text, message_id):
    body = json.dumps({"to": text.number, "text": as_sent(text.text), "reference": text.reference}, ensure_ascii=False)
    headers = {
        "Authorization": f"Bearer {settings.SMS_TOKEN}",
        "Content-Type": "application/json",
        "Idempotency-Key": message_id,
    }
    host = urlsplit(settings.SMS_URL).hostname or ""
    try:
        answer = ask("POST", settings.SMS_URL, hosts=(host,), headers=headers, body=body.encode())
    except NotAllowed as error:  # the installation's own address is wrong: said in the log, tried again
        raise NotSent(str(error)) from None
    except Unreachable as error:
        raise NotSent(str(error)) from None
    if answer.status in WRONG_NUMBER:
        raise AddressRefused(str(answer.status))
    if not 200 <= answer.status < 300:
        raise NotSent(str(answer.status))


DRIVERS: dict[str, Callable[[Text, str], None]] = {"file": _to_file, "http": _to_carrier}
