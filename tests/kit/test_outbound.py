"""What leaves by the web goes where it may, to the address that was checked, and ends."""

import socket
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from preau.kit import outbound
from preau.kit.outbound import client

HOSTS = ("push.example", "*.push.example")


@contextmanager
def server(answer):
    """A server of this machine; `answer(handler)` writes what it likes. Gives its address and what it was asked."""
    asked = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            asked.append((self.path, dict(self.headers), self.rfile.read(int(self.headers.get("Content-Length", 0)))))
            answer(self)

        def log_message(self, *_):
            pass

    running = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=running.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield f"http://127.0.0.1:{running.server_port}/p?q=1", asked
    finally:
        running.shutdown()
        running.server_close()


def said(status=201, headers=(), body=b"ok"):
    def answer(handler):
        handler.send_response(status)
        for name, value in headers:
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(body)

    return answer


@pytest.fixture
def leads_to(monkeypatch):
    """What a name resolves to, and whom one connects to."""
    reached = []

    def leads(*addresses):
        found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (each, 443)) for each in addresses]
        monkeypatch.setattr(client.socket, "getaddrinfo", lambda *_, **__: found)
        return reached

    def connect(self):
        reached.append((self.host, self.port, self.server_hostname, self.assert_hostname, self.cert_reqs))
        raise OSError

    monkeypatch.setattr(client.HTTPSConnection, "connect", connect)
    return leads


@pytest.mark.parametrize(
    "url",
    [
        "http://push.example/x", "https://push.example:8443/x", "https://me@push.example/x", "https://other.example/",
        "https://push.example.other.example/", "https://apush.example/", "https://push.example\n.other/", "ftp://x",
        "https://127.0.0.2/", "https://[::1]/", "//push.example/x", "https://push.example:x/", "https://pùsh.example/",
    ],
)  # fmt: skip
def test_an_address_that_is_not_on_the_list_is_refused(url, leads_to):
    reached = leads_to("93.184.216.34")
    with pytest.raises(outbound.NotAllowed):
        outbound.ask("POST", url, hosts=HOSTS)
    assert reached == [] and not outbound.is_allowed(url, HOSTS)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "192.168.0.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1", "::1",
        "fe80::1%eth0", "fc00::1", "::ffff:10.0.0.1", "64:ff9b::a00:1", "2002:a00:1::", "ff0e::1",
    ],
)  # fmt: skip
def test_a_name_that_leads_to_a_private_address_is_refused_whole(address, leads_to):
    reached = leads_to("93.184.216.34", address)
    with pytest.raises(outbound.NotAllowed):
        outbound.ask("POST", "https://a.push.example/x", hosts=HOSTS)
    assert reached == []


def test_the_connection_goes_to_the_address_that_was_checked(leads_to):
    reached = leads_to("93.184.216.34", "2606:2800:220:1::1")
    with pytest.raises(outbound.Unreachable):
        outbound.ask("POST", "https://a.push.example/x", hosts=HOSTS)
    assert reached == [("93.184.216.34", 443, "a.push.example", "a.push.example", "CERT_REQUIRED")]


def test_this_machine_is_reached_in_tests_alone(settings):
    with server(said(headers=[("X-One", "1")])) as (url, asked):
        answer = outbound.ask("POST", url, hosts=(), headers={"TTL": "60"}, body=b"hello")
        settings.OUTBOUND_LOOPBACK = False
        with pytest.raises(outbound.NotAllowed):
            outbound.ask("POST", url, hosts=())
    assert (answer.status, answer.headers["x-one"], answer.body) == (201, "1", b"ok")
    ((path, headers, body),) = asked
    assert path == "/p?q=1" and headers["TTL"] == "60" and body == b"hello"


def test_a_redirect_is_not_followed():
    with server(said(302, [("Location", "http://127.0.0.1:1/")])) as (url, asked):
        assert outbound.ask("POST", url, hosts=()).status == 302 and len(asked) == 1


def test_what_is_too_long_or_too_slow_ends(monkeypatch):
    with server(said(body=b"x" * (client.MAX_ANSWER + 1))) as (url, _), pytest.raises(outbound.Unreachable):
        outbound.ask("POST", url, hosts=())
    monkeypatch.setattr(client, "WHOLE_SECONDS", 0.3)
    started = time.monotonic()

    def drip(handler):
        for _ in range(20):
            try:
                handler.wfile.write(b"X")
                handler.wfile.flush()
            except OSError:
                return
            time.sleep(0.1)

    with server(drip) as (url, _), pytest.raises(outbound.Unreachable):
        outbound.ask("POST", url, hosts=())
    assert time.monotonic() - started < 1.5
    with pytest.raises(outbound.NotAllowed):
        outbound.ask("POST", url, hosts=(), body=b"x" * (client.MAX_SENT + 1))
