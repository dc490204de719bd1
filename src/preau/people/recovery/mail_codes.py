"""Six figures sent to an address or a telephone: ten minutes from when they left, five tries, once (trust.md 17)."""

from datetime import datetime, timedelta

from django.utils.crypto import constant_time_compare, salted_hmac

from preau.people.models import MailCode

LASTS = timedelta(minutes=10)
TRIES = 5
SALT = "preau.people.mail_code"


def figures_of(code: MailCode) -> str:
    """The address is in them: they fall when it changes."""
    text = f"{code.pk.hex} {code.purpose} {code.address}"
    digest = salted_hmac(SALT, text, algorithm="sha256").digest()
    return f"{int.from_bytes(digest[:8], 'big') % 1_000_000:06d}"


def is_living(code: MailCode, now: datetime) -> bool:
    """Whether it was sent less than ten minutes ago, did not serve, and has tries left."""
    is_fresh = code.sent_at is not None and code.sent_at <= now <= code.sent_at + LASTS
    return is_fresh and code.used_at is None and code.tries_count < TRIES


def fits(code: MailCode, typed: str) -> bool:
    """Whether these are its figures, however they are spaced."""
    return constant_time_compare(figures_of(code), "".join(sign for sign in typed if sign.isdigit()))
