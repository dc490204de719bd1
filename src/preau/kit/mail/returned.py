"""A relay may take a mail and find later that its address takes none: it reports so to the sender of the envelope
(RFC 3464). That sender is an address of ours that bears the seal of the one written to, so that a report is believed
about no other address."""

from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import Message
from email.utils import getaddresses, parsedate_to_datetime

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

MOST_BYTES = 1_000_000  # of a report: it holds the mail, which is short
SEAL_LENGTH = 24
RECIPIENTS = ("Original-Recipient", "Final-Recipient")


@dataclass(frozen=True)
class Returned:
    """An address that takes no mail, and when the mail that came back was written, where the report says it."""

    address: str
    sent_at: datetime | None


def return_path(to: str) -> str | None:
    """« retours+SEAL@ville.example », to which what is sent to this address comes back; None when nothing reads it."""
    if not settings.MAIL_RETURNS:
        return None
    box, _, domain = settings.MAIL_RETURNS.partition("@")
    return f"{box}+{_seal_of(to)}@{domain}"


def read(report: bytes) -> Returned | None:
    """What a report says; None for another mail, a delivery that is only late, an address that we did not write to."""
    message = message_from_bytes(report[:MOST_BYTES])
    if message.get_content_type() != "multipart/report":
        return None
    seals = {_seal_in(address) for address in _addresses(message, "To", "Delivered-To", "X-Original-To")} - {""}
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
        if any(constant_time_compare(seal, _seal_of(address)) for seal in seals):
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


def _seal_in(address):
    return address.partition("@")[0].rpartition("+")[2] if "+" in address else ""


def _seal_of(address):
    return salted_hmac("preau.kit.mail.returned", address.casefold()).hexdigest()[:SEAL_LENGTH]
