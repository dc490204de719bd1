"""Encrypted values, and keys to compare values without decrypting them. Both depend on SECRET_KEY."""

import base64
import functools
import hashlib
import hmac

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings


def seal(text: str) -> str:
    """Encrypts; two calls never give the same token."""
    return _fernet(settings.SECRET_KEY).encrypt(text.encode()).decode()


def unseal(token: str) -> str:
    """The text, or nothing when the token was sealed by another base."""
    try:
        return _fernet(settings.SECRET_KEY).decrypt(token.encode()).decode()
    except InvalidToken:
        return ""


def match_key(purpose: str, *parts: str) -> str:
    """64 hex signs, the same for the same parts on this base; nobody can go back to the parts."""
    message = "\x1f".join(parts).encode()
    return hmac.new(_key(settings.SECRET_KEY, f"match {purpose}"), message, hashlib.sha256).hexdigest()


def derived(purpose: str) -> bytes:
    """32 bytes derived from SECRET_KEY for this purpose alone."""
    return _key(settings.SECRET_KEY, f"derived {purpose}")


@functools.lru_cache(maxsize=32)
def _key(secret, purpose):
    return hashlib.sha256(f"preau {purpose} {secret}".encode()).digest()


@functools.lru_cache(maxsize=4)
def _fernet(secret):
    return Fernet(base64.urlsafe_b64encode(_key(secret, "seal")))
