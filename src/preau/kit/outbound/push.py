"""Web push: a few words, encrypted for one browser (RFC 8291), signed by this installation (RFC 8292), handed to the
service of that browser's maker. It passes through machines that are not ours: no name, no text (trust.md T34)."""

import base64
import binascii
import functools
from dataclasses import dataclass
from email.utils import parseaddr
from urllib.parse import urlsplit

import http_ece
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings
from py_vapid import Vapid02

from preau.kit.mail import AddressRefused, NotSent
from preau.kit.outbound.client import NotAllowed, Unreachable, ask, is_allowed
from preau.kit.seals import derived

# The services of Chrome, Firefox, Edge and Safari.
HOSTS = (
    "fcm.googleapis.com", "jmt17.google.com", "*.push.services.mozilla.com", "*.notify.windows.com",
    "*.push.apple.com",
)  # fmt: skip
SIGNED_FOR = 12 * 3600  # seconds; 24 hours at most (RFC 8292, 2)
GONE = (403, 404, 410)  # it was taken back, or made for another installation
CURVE = ec.SECP256R1()
CURVE_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551  # of P-256 (FIPS 186-5)


@dataclass(frozen=True)
class Push:
    """Ready to leave by the outbox: `ttl` seconds for the service to keep it, then it is nobody's news."""

    endpoint: str
    p256dh: str
    auth: str
    payload: bytes
    ttl: int
    urgent: bool
    now_seconds: int

    def leave(self, message_id: str) -> None:
        """Raises AddressRefused when this browser takes no more, NotSent when a later try may do."""
        headers = {
            "Content-Encoding": "aes128gcm",
            "Content-Type": "application/octet-stream",
            "TTL": str(self.ttl),
            "Urgency": "high" if self.urgent else "normal",
            "Topic": "preau",  # what waits on a switched-off telephone is one (RFC 8030, 5.4)
            **signed_for(self.endpoint, self.now_seconds),
        }
        try:
            body = encrypted(self.payload, self.p256dh, self.auth)
            answer = ask("POST", self.endpoint, hosts=HOSTS, headers=headers, body=body)
        except NotAllowed:
            raise AddressRefused("host") from None
        except Unreachable as error:
            raise NotSent(str(error)) from None
        if answer.status in GONE:
            raise AddressRefused(str(answer.status))
        if not 200 <= answer.status < 300:
            raise NotSent(str(answer.status))


def may_reach(endpoint: str, p256dh: str, auth: str) -> bool:
    """Whether what a browser gave is an address of a known service, and keys that can be used."""
    try:
        ec.EllipticCurvePublicKey.from_encoded_point(CURVE, _bytes(p256dh))
        return len(_bytes(auth)) == 16 and is_allowed(endpoint, HOSTS)
    except (ValueError, binascii.Error):
        return False


def encrypted(payload: bytes, p256dh: str, auth: str, *, salt: bytes | None = None, private_key=None) -> bytes:
    """One record of aes128gcm (RFC 8188); the salt and the key are drawn anew, but for the RFC's own vectors."""
    return http_ece.encrypt(
        payload,
        salt=salt,
        private_key=private_key or ec.generate_private_key(CURVE),
        dh=_bytes(p256dh),
        auth_secret=_bytes(auth),
        version="aes128gcm",
    )


def signed_for(endpoint: str, now_seconds: int) -> dict:
    """The header by which a service knows this installation."""
    parts = urlsplit(endpoint)
    claims = {
        "aud": f"{parts.scheme}://{parts.netloc}",
        "exp": now_seconds + SIGNED_FOR,
        "sub": f"mailto:{parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}",
    }
    return Vapid02(private_key=_private_key(str(settings.SECRET_KEY))).sign(claims)


def public_key() -> str:
    """What a browser is given when it accepts: only this installation then reaches it."""
    point = _private_key(str(settings.SECRET_KEY)).public_key()
    return _text(point.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint))


@functools.lru_cache(maxsize=2)
def _private_key(secret):
    """Hangs on SECRET_KEY, as what is sealed does: nothing more to keep, the same on every machine of a city."""
    number = int.from_bytes(derived("push a") + derived("push b"))
    return ec.derive_private_key(number % (CURVE_ORDER - 1) + 1, CURVE)


def _bytes(text):
    return base64.b64decode(text.encode() + b"=" * (-len(text) % 4), altchars=b"-_", validate=True)


def _text(raw):
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
