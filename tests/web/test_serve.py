"""bin/serve: web and worker start together, answer, do what is asked through the queue, and stop together."""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from functools import partial
from http.cookies import SimpleCookie

import pytest

from bench.memory import pss
from preau.kit.serving import supervisor
from tests.canaries import leaks
from tests.home import Home
from tests.house.source import ROOT
from tests.texts import text_of

pytestmark = pytest.mark.processes
SIGN_IN = """
import django
django.setup()
from django.conf import settings
from django.test import Client
from django.urls import reverse
from tests.world import build_world
world = build_world()
client = world.sign_in(Client(), "head")
session = client.cookies[settings.SESSION_COOKIE_NAME]
sheets = reverse("arrivals:sheets_new", args=[world.schools["tilleuls"].pk])
print(f"{session.key}={session.value}", sheets, world.classrooms["cpb"].pk)
"""

MOST_WAITING = 50  # MB of the supervisor, that shares with its parts the 80 that it has loaded
# With a token's cookie, so that its field is looked for in the body.
BEGUN = b"POST /entrer/ HTTP/1.1\r\nHost: localhost\r\nCookie: preau-csrf=" + b"a" * 32
BEGUN += b"\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\n\r\na"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def ask(port, seconds=2):
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/sante", timeout=seconds) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as refusal:
        with refusal:
            return refusal.code, json.load(refusal)
    except OSError:
        return None, None


def children(process):
    path = f"/proc/{process.pid}/task/{process.pid}/children"
    with open(path) as stream:
        return [int(number) for number in stream.read().split()]


@pytest.fixture
def home(tmp_path):
    home = Home(tmp_path)
    home.env["PREAU_WEB_WORKERS"] = "1"
    return home


class Visitor:
    """Someone signed in, with the cookies of a browser."""

    def __init__(self, port, cookie):
        self.address, self.cookies = f"http://127.0.0.1:{port}", SimpleCookie(cookie)

    def get(self, path, data=None):
        """The page at the end of what was asked, or sent."""
        sent = urllib.parse.urlencode(data).encode() if data else None
        headers = {"Cookie": "; ".join(f"{name}={each.value}" for name, each in self.cookies.items())}
        with urllib.request.urlopen(urllib.request.Request(self.address + path, sent, headers), timeout=10) as answer:
            for cookie in answer.headers.get_all("Set-Cookie", ()):
                self.cookies.load(cookie)
            return answer.read()


def until(condition, seconds=40):
    """What the condition gives once it gives something."""
    end = time.monotonic() + seconds
    while not (found := condition()) and time.monotonic() < end:
        time.sleep(0.2)
    return found


def test_refuses_a_base_that_is_not_up_to_date(home):
    code, text = home.run("serve", "--port", str(free_port()))
    assert code == 1
    assert "bin/preau migrate" in text


def test_a_port_that_somebody_has_is_not_shared_with_them(home, migrated):
    """The web server would share it: two bases answering in turn. `bin/demo` says so before it fills anything."""
    shutil.copy(migrated, home.path)
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        other.bind(("127.0.0.1", 0))
        other.listen()
        taken = str(other.getsockname()[1])
        for words in ([ROOT / "bin" / "serve"], [ROOT / "bin" / "demo"]):
            done = subprocess.run([*words, "--port", taken], env=home.env, capture_output=True, text=True, timeout=30)
            assert done.returncode == 1 and "est déjà pris" in done.stderr, done.stdout + done.stderr
    for words, sentence in (
        (("--port", "80000"), "de 1 à 65535"),
        (("--host", "nulle.part.invalid"), "ne connaît pas"),
    ):
        code, text = home.run("serve", *words)
        assert code == 1 and sentence in text and "Traceback" not in text, text


def test_serves_with_a_worker_that_makes_the_sheets_and_stops_on_sigterm(home, migrated):
    shutil.copy(migrated, home.path)
    head = home.python(SIGN_IN)
    home.env["PREAU_SILENT_SECONDS"] = "1"
    port = free_port()
    server = subprocess.Popen([ROOT / "bin" / "serve", "--port", str(port)], env=home.env, stderr=subprocess.DEVNULL)
    try:
        assert until(lambda: ask(port)[0] == 200)
        started = children(server)
        assert len(started) == 2 and pss(server.pid) < MOST_WAITING
        silent, since = asking_silently(port), time.monotonic()
        slow = [begun(port, 5000) for _ in range(50)]
        assert leaks(text_of(sheets_made(port, *head)), None) >= {"Canari-child_adam", "Canari-child_lina"}
        with begun(port, 1_500_000_000) as heavy:
            assert heavy.recv(12) == b"HTTP/1.1 413"  # before it is sent
        for line in slow:
            line.close()
        time.sleep(max(0, since + 4 - time.monotonic()))
        with silent, pytest.raises(ConnectionResetError):
            while silent.recv(4096):
                pass
    finally:
        server.send_signal(signal.SIGTERM)
        assert server.wait(timeout=30) == 0
    assert ask(port)[0] is None
    assert [number for number in started if os.path.exists(f"/proc/{number}")] == []


def asking_silently(port):
    """Pages asked one after the other, more than a connection holds, and none read."""
    line = socket.socket()
    line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    line.connect(("127.0.0.1", port))
    line.sendall(b"GET /entrer/ HTTP/1.1\r\nHost: localhost\r\n\r\n" * 500)
    line.settimeout(20)
    return line


def begun(port, length):
    """A form begun, whose body does not come: fifty of them froze the site."""
    line = socket.create_connection(("127.0.0.1", port), timeout=10)
    line.sendall(BEGUN % length)
    return line


def test_a_part_that_falls_each_time_it_starts_ends_the_whole(monkeypatch):
    for name, value in (("FIRST_PAUSE", 0.01), ("LONGEST_PAUSE", 0.02), ("MOST_TRIES", 3)):
        monkeypatch.setattr(supervisor, name, value)
    usual = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    stopped = []
    monkeypatch.setattr(supervisor, "stop", stopped.extend)
    try:
        assert supervisor.run_together({"stands": partial(time.sleep, 30), "falls": partial(sys.exit, 3)}) == 1
    finally:
        for number, handler in usual.items():
            signal.signal(number, handler)
        stopped[0].kill()
    stopped[0].join()
    assert [each.exitcode for each in stopped] == [-signal.SIGKILL, 3]


def sheets_made(port, cookie, path, classroom):
    """The PDF of a class: asked on a page, made by the worker, read once the page that waits says so."""
    head = Visitor(port, cookie)
    token = re.search(rb'csrfmiddlewaretoken" value="(\w+)"', head.get(path))[1].decode()
    waiting = head.get(path, {"csrfmiddlewaretoken": token, "classrooms": classroom, "layout": "eight"})
    assert b"data-under-way" in waiting
    pdf = until(lambda: re.search(rf"{path}[\w-]+/pdf/".encode(), head.get(f"{path}pretes/")))
    assert pdf, "the sheets are still not ready"
    return head.get(pdf[0].decode())
