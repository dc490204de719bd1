"""Passwords and second-factor secrets of the demo: the same for everyone who runs it, hence worth nothing elsewhere."""

import base64
import hashlib
import hmac
import struct

from django.conf import settings

PASSWORD = "sous le préau on joue"
SEED = b"Preau: demonstration, personnes fictives"
PERIOD = 30  # seconds


class NotADemo(Exception):
    """Says in French why nothing was done."""


def refuse_in_production():
    """Anyone can compute the demo's codes: they must never open a real base."""
    if settings.SETTINGS_MODULE.rsplit(".", 1)[-1] == "prod":
        raise NotADemo("La démonstration ne s’installe pas sur une base réelle (réglages «\u00a0prod\u00a0»).")


def totp_secret(identifier: str) -> str:
    """The base32 secret of an account, made from the seed and its identifier."""
    return base64.b32encode(hmac.digest(SEED, identifier.encode(), hashlib.sha256)[:20]).decode()


def totp_code(identifier: str, at: float) -> str:
    """The six digits shown at that instant (RFC 6238: SHA-1, 30 seconds)."""
    counter = struct.pack(">Q", int(at) // PERIOD)
    digest = hmac.digest(base64.b32decode(totp_secret(identifier)), counter, "sha1")
    start = digest[-1] & 0xF
    return f"{(struct.unpack('>I', digest[start : start + 4])[0] & 0x7FFFFFFF) % 10**6:06d}"
