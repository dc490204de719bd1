"""The mails that leave: `sending` hands one to the relay, `outbox` keeps each one until it left, once."""

from preau.kit.mail.outbox import SENT, Kind, Letter, put, send, send_due, troubled
from preau.kit.mail.sending import LEAVE, address_of, is_quiet, leaves, open_from

__all__ = [
    "LEAVE", "SENT", "Kind", "Letter", "address_of", "is_quiet", "leaves", "open_from", "put", "send", "send_due",
    "troubled",
]  # fmt: skip
