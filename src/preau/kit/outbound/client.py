"""The one way Préau asks something of another server by the web: a push, a text message, a translation.

The caller says which hosts it may ask; an address that people typed or a browser gave leads nowhere else. The name is
resolved once, an answer that holds one private address is refused whole, and the connection goes to the address that
was checked (no second resolution to trick: OWASP, SSRF prevention). No redirect, no proxy, no cookie; everything ends
within a time and a size. Mail leaves by `kit.mail`.
"""

import fnmatch
import http.client
import ipaddress
import socket
import threading
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from django.conf import settings
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError

CONNECT_SECONDS, WHOLE_SECONDS = 5, 15
MAX_ANSWER = 64 * 1024  # bytes
MAX_SENT = 256 * 1024
NAT64 = ipaddress.ip_network("64:ff9b::/96")  # an IPv4 address in its last 32 bits (RFC 6052)


class NotAllowed(Exception):
    """Nothing was sent: the address, or where its name leads, is not one this caller may ask."""


class Unreachable(OSError):
    """No complete response within the limits of time and size: a later try may succeed."""


@dataclass(frozen=True)
class Answer:
    """The response; the caller decides what a status of 300 or more means."""

    status: int
    headers: dict = field(default_factory=dict)
    body: bytes = b""


def ask(method: str, url: str, *, hosts: tuple[str, ...], headers: dict | None = None, body: bytes = b"") -> Answer:
    """One request to one of `hosts` (« updates.push.example », « *.push.example »), over TLS. Raises NotAllowed or
    Unreachable; neither says the address, which may be somebody's."""
    if len(body) > MAX_SENT:
        raise NotAllowed("body too long")
    parts = _checked(url, hosts)
    address = _resolved(parts)
    connection = _connection(parts, address)
    watch = threading.Timer(WHOLE_SECONDS, _cut, [connection])
    watch.daemon = True
    try:
        watch.start()  # before the handshake, which may be as slow
        connection.connect()
        path = f"{parts.path or '/'}{f'?{parts.query}' if parts.query else ''}"
        sent = {"Host": parts.netloc, "User-Agent": "preau", **(headers or {})}
        connection.request(method, path, body=body, headers=sent, preload_content=False)
        answer = connection.getresponse()
        content = answer.read(MAX_ANSWER + 1)
    except (HTTPError, http.client.HTTPException, OSError, ValueError) as error:
        raise Unreachable(type(error).__name__) from None
    finally:
        watch.cancel()
        connection.close()
    if len(content) > MAX_ANSWER:
        raise Unreachable("answer too long")
    return Answer(answer.status, {name.lower(): value for name, value in answer.headers.items()}, content)


def is_allowed(url: str, hosts: tuple[str, ...]) -> bool:
    """Whether `ask` would look for this address at all: for a form that is given one."""
    try:
        return bool(_checked(url, hosts))
    except NotAllowed:
        return False


def _checked(url, hosts):
    """The parts of an address of one of these hosts: https, the usual port, no name nor password in it."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise NotAllowed("unreadable address") from None
    if any(sign <= " " or sign == "\x7f" for sign in url) or not url.isascii():
        raise NotAllowed("unreadable address")
    if settings.OUTBOUND_LOOPBACK and host == "127.0.0.1":
        return parts
    if parts.scheme != "https" or port not in (None, 443) or "@" in parts.netloc:
        raise NotAllowed("not a plain https address")
    if not any(fnmatch.fnmatchcase(host, allowed) for allowed in hosts):
        raise NotAllowed("host not on the list")
    return parts


def _resolved(parts):
    """The address to connect to, once all those of the name are public."""
    if settings.OUTBOUND_LOOPBACK and parts.hostname == "127.0.0.1":
        return parts.hostname
    try:
        found = socket.getaddrinfo(parts.hostname, 443, type=socket.SOCK_STREAM)
    except OSError as error:
        raise Unreachable(type(error).__name__) from None
    addresses = [ipaddress.ip_address(where[0].partition("%")[0]) for *_, where in found]
    if not addresses or not all(map(_is_public, addresses)):
        raise NotAllowed("its name leads to a private address")
    return str(addresses[0])


def _is_public(address):
    """An IPv4 address hidden in an IPv6 one is judged by itself."""
    if address.version == 6:
        inside = address.ipv4_mapped or address.sixtofour or (address.teredo or (None, None))[1]
        if inside is None and address in NAT64:
            inside = ipaddress.ip_address(int(address) & 0xFFFFFFFF)
        if inside is not None:
            return _is_public(inside)
    return address.is_global and not address.is_multicast


def _connection(parts, address):
    if parts.scheme == "http":  # the loopback of tests alone: `_checked`
        return HTTPConnection(address, parts.port, timeout=CONNECT_SECONDS)
    return HTTPSConnection(
        address,
        443,
        timeout=CONNECT_SECONDS,
        cert_reqs="CERT_REQUIRED",
        server_hostname=parts.hostname,
        assert_hostname=parts.hostname,
    )


def _cut(connection):
    """A server that gives a byte now and then resets every timeout but this one."""
    if connection.sock is not None:
        try:
            connection.sock.shutdown(socket.SHUT_RDWR)
        except OSError:  # it ended meanwhile
            pass
