"""Secrets that must be read back (the second factor's) rest sealed: the base alone does not give them."""

import base64
import hashlib

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings


def _box():
    key = hashlib.sha256(f"preau.people.seal{settings.SECRET_KEY}".encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))


def seal(text: str) -> str:
    return _box().encrypt(text.encode()).decode()


def unseal(sealed: str) -> str:
    """Empty when it was sealed with another key: no code will fit, and the person asks for help."""
    try:
        return _box().decrypt(sealed.encode()).decode()
    except InvalidToken:
        return ""
