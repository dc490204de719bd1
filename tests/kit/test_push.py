"""Web push, by the vectors of its RFC and on a service of this machine."""

import base64
import json

import http_ece
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from py_vapid import Vapid02

from preau.kit.mail import AddressRefused, NotSent
from preau.kit.outbound import push
from tests.kit.test_outbound import said, server

# RFC 8291, appendix A.
AUTH, SALT = "BTBZMqHH6r4Tts7J_aSIgg", "DGv6ra1nlYgDCS1FRnbzlw"
BROWSER = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
SENDER = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"
BODY = (
    "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl"
    "7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
)


def raw(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def text(raw_bytes):
    return base64.urlsafe_b64encode(raw_bytes).rstrip(b"=").decode()


class Browser:
    """Keys as a browser makes them, and what it then reads."""

    def __init__(self):
        self.key = ec.generate_private_key(push.CURVE)
        self.p256dh = text(self.key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint))
        self.auth = text(b"0123456789abcdef")

    def read(self, body):
        return http_ece.decrypt(body, private_key=self.key, auth_secret=raw(self.auth), version="aes128gcm")

    def given(self, endpoint):
        return {"endpoint": endpoint, "p256dh": self.p256dh, "auth": self.auth}


def test_the_vectors_of_the_rfc():
    key = ec.derive_private_key(int.from_bytes(raw(SENDER)), push.CURVE)
    body = push.encrypted(b"When I grow up, I want to be a watermelon", BROWSER, AUTH, salt=raw(SALT), private_key=key)
    assert text(body) == BODY
    assert push.encrypted(b"a", BROWSER, AUTH) != push.encrypted(b"a", BROWSER, AUTH)


def test_a_service_receives_what_only_the_browser_reads_signed_by_us():
    browser = Browser()
    with server(said(201)) as (url, asked):
        given = browser.given(url)
        push.Push(**given, payload=b"{}", ttl=60, urgent=True, now_seconds=1_000).leave("m")
    ((_, headers, body),) = asked
    assert browser.read(body) == b"{}" and headers["TTL"] == "60" and headers["Urgency"] == "high"
    assert headers["Content-Encoding"] == "aes128gcm" and Vapid02.verify(headers["Authorization"])
    token, key = headers["Authorization"].removeprefix("vapid t=").split(",k=")
    claims = json.loads(raw(token.split(".")[1]))
    assert key == push.public_key() and claims["aud"] == url.partition("/p")[0] and claims["exp"] == 1_000 + 43_200


@pytest.mark.parametrize(
    ("status", "raised"),
    [
        (404, AddressRefused),
        (410, AddressRefused),
        (403, AddressRefused),
        (429, NotSent),
        (500, NotSent),
        (302, NotSent),
    ],
)
def test_what_the_service_answers_ends_it_or_waits(status, raised):
    with server(said(status)) as (url, _), pytest.raises(raised) as refused:
        push.Push(**Browser().given(url), payload=b"{}", ttl=60, urgent=False, now_seconds=1_000).leave("m")
    assert url not in str(refused.value)


def test_only_known_services_and_usable_keys_are_kept():
    browser = Browser()
    known = "https://updates.push.services.mozilla.com/wpush/v2/x"
    assert push.may_reach(known, browser.p256dh, browser.auth)
    assert not push.may_reach("https://services.mozilla.com.example/x", browser.p256dh, browser.auth)
    assert not push.may_reach(known, browser.p256dh[:-4], browser.auth)
    assert not push.may_reach(known, text(b"\x04" + b"1" * 64), browser.auth)
    assert not push.may_reach(known, browser.p256dh, "é")
