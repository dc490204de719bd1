"""Bounces that come later: a relay takes a mail, then finds that its address takes none, and sends a delivery status
notification (RFC 3464) to the sender of the envelope. That sender bears a token drawn from the recipient's address
(VERP), so that a report is believed about that address alone."""

from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import Message
from email.utils import getaddresses, parsedate_to_datetime

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

MOST_BYTES = 1_000_000  # of a report: it holds the mail, which is short
TOKEN_LENGTH = 24
RECIPIENTS = ("Original-Recipient", "Final-Recipient")


@dataclass(frozen=True)
class Returned:
    """An address that takes no mail, and when the mail that came back was written, where the report says it."""

    address: str
    sent_at: datetime | None


def return_path(to: str) -> str | None:
    """« retours+TOKEN@ville.example », to which what is sent to this address comes back; None when nothing reads it."""
    if not settings.MAIL_RETURNS:
        return None
    box, _, domain = settings.MAIL_RETURNS.partition("@")
    return f"{box}+{_token_of(to)}@{domain}"


def read(report: bytes) -> Returned | None:
    """What a report says; None for another mail, a delivery that is only late, an address that we did not write to."""
    message = message_from_bytes(report[:MOST_BYTES])
    if message.get_content_type() != "multipart/report":
        return None
    tokens = {_token_in(address) for address in _addresses(message, "To", "Delivered-To", "X-Original-To")} - {""}
    failed, original = [], Message()
    for part in message.walk():
        if part.get_content_type() == "message/delivery-status":
            failed += [each for each in part.get_payload() if str(each["Action"]).strip().lower() == "failed"]
        elif part.get_content_type() == "message/rfc822":
            original = part.get_payload(0)
        elif part.get_content_type() == "text/rfc822-headers":
            original = message_from_bytes(part.get_payload(decode=True))
    told = [str(each[name]).partition(";")[2].strip() for each in failed for name in RECIPIENTS if each[name]]
    written_to = _addresses(original, "To") if failed else []  # mails are forwarded: the last recipient is another
    for address in told + written_to:
        if any(constant_time_compare(token, _token_of(address)) for token in tokens):
            return Returned(address, _date_of(original))
    return None


def _date_of(message):
    try:
        date = parsedate_to_datetime(message["Date"])
    except (TypeError, ValueError):
        return None
    return date if date.tzinfo else date.replace(tzinfo=UTC)  # « -0000 » says no time zone


def _addresses(message, *names):
    return [address for _, address in getaddresses([str(each) for name in names for each in message.get_all(name, ())])]


def _token_in(address):
    return address.partition("@")[0].rpartition("+")[2] if "+" in address else ""


def _token_of(address):
    return salted_hmac("preau.kit.mail.returned", address.casefold()).hexdigest()[:TOKEN_LENGTH]
