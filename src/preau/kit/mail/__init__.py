"""The mails that leave: `sending` hands one to the relay, `outbox` keeps each one until it left, once."""

from preau.kit.mail.outbox import GIVEN_UP, SENT, Kind, Letter, put, send, send_due, troubled
from preau.kit.mail.sending import (
    LEAVE,
    AddressRefused,
    NotSent,
    address_of,
    is_quiet,
    leaves,
    open_from,
    send_text,
)

__all__ = [
    "GIVEN_UP", "LEAVE", "SENT", "AddressRefused", "Kind", "Letter", "NotSent", "address_of", "is_quiet",
    "leaves", "open_from", "put", "send", "send_due", "send_text", "troubled",
]  # fmt: skip
