"""The secret of a connection sheet: how it is drawn, shown in groups, read back and remembered."""

import secrets
from datetime import timedelta

from django.utils.crypto import salted_hmac

# No 0, O, 1, I, L nor U: nothing to mistake on paper. 30 signs, 14 of them: 68 bits (trust.md 13 asks for 64).
ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 14
LIFE = timedelta(days=30)
GROUPS = (4, 4, 3, 3)
# What a tired eye may type for a round letter, as no code holds O nor 0.
MISREAD = str.maketrans({"O": "Q", "0": "Q"})


def draw_code() -> str:
    """14 signs without separator: « K7MD2R9XABC234 »."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def code_in_groups(secret: str) -> str:
    """As printed: « K7MD-2R9X-ABC-234 »."""
    parts, start = [], 0
    for size in GROUPS:
        parts.append(secret[start : start + size])
        start += size
    return "-".join(parts)


def clean_code(typed: str) -> str:
    """What was typed or scanned, whatever the case, spaces and hyphens; may be no code at all."""
    return "".join(sign for sign in typed.upper() if sign.isalnum()).translate(MISREAD)[:64]


def code_hash(secret: str) -> str:
    """A keyed digest: the base alone, without the server's key, gives no code back (trust.md 18)."""
    return salted_hmac("preau.people.activation", clean_code(secret), algorithm="sha256").hexdigest()
