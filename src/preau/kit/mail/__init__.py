"""What leaves: `sending` hands a mail to the relay, `outbox` keeps each thing until it left once, `hours` says when."""

from preau.kit.mail.hours import HOURS, Hours
from preau.kit.mail.outbox import (
    DROPPED,
    REFUSED,
    SENT,
    Kind,
    Later,
    Letter,
    known_keys,
    put,
    put_many,
    send,
    send_due,
    troubled,
)
from preau.kit.mail.sending import LEAVE, AddressRefused, NotSent, address_of, leaves

__all__ = [
    "DROPPED", "HOURS", "LEAVE", "REFUSED", "SENT", "AddressRefused", "Hours", "Kind", "Later", "Letter", "NotSent",
    "address_of", "known_keys", "leaves", "put", "put_many", "send", "send_due", "troubled",
]  # fmt: skip
