"""Encrypted values, keys to compare values without decrypting them, boxes that a browser seals and the server opens:
they depend on SECRET_KEY. The digest of a key depends on nothing else."""

import base64
import functools
import hashlib
import hmac

from cryptography.exceptions import InvalidTag
from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

POINT, IV = 65, 12  # bytes: a point of P-256 not compressed, a nonce of AES-GCM
BOX = b"preau box"


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


def key_digest(key: str) -> str:
    """64 hex signs, all that is kept of a key of 128 bits or more that somebody, a device or a program shows: no list
    gives it back (trust.md 18)."""
    return hashlib.sha256(key.encode()).hexdigest()


class NotOurs(Exception):
    """A box that was sealed for another base, or changed since."""


def box_key() -> bytes:
    """The public key of this base: what a browser seals with it, the server alone opens (kit/box.js)."""
    point = _private(settings.SECRET_KEY).public_key()
    return point.public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)


def open_box(box: bytes) -> bytes:
    """What a browser sealed: its own point, a nonce, the text by AES-256-GCM under the secret that both points share
    (ECDH on P-256, HKDF-SHA256; NIST SP 800-56A, RFC 5869). Raises NotOurs."""
    try:
        theirs = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), box[:POINT])
        shared = _private(settings.SECRET_KEY).exchange(ec.ECDH(), theirs)
        key = HKDF(hashes.SHA256(), 32, salt=None, info=BOX).derive(shared)
        return AESGCM(key).decrypt(box[POINT : POINT + IV], box[POINT + IV :], None)
    except (ValueError, InvalidTag):
        raise NotOurs from None


@functools.lru_cache(maxsize=4)
def _private(secret):
    # 255 bits: below the order of the curve.
    return ec.derive_private_key(int.from_bytes(_key(secret, "box"), "big") >> 1 or 1, ec.SECP256R1())
