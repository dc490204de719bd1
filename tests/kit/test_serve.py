"""bin/serve: web and worker start together, answer, and stop together."""

import json
import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request

import pytest

from tests.house.source import ROOT

pytestmark = pytest.mark.processes


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def ask(port):
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/sante", timeout=2) as answer:
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
    env = {**os.environ, "PREAU_HOME": str(tmp_path), "PREAU_WEB_WORKERS": "1"}
    for name in ("PREAU_DATABASE_URL", "DJANGO_SETTINGS_MODULE", "PYTEST_XDIST_WORKER"):
        env.pop(name, None)
    return env


def run(env, *words):
    return subprocess.run([ROOT / "bin" / "preau", *words], env=env, capture_output=True, text=True)


def test_refuses_a_base_that_is_not_up_to_date(home):
    done = run(home, "serve", "--port", str(free_port()))
    assert done.returncode == 1
    assert "bin/preau migrate" in done.stderr


def test_serves_with_a_worker_and_stops_on_sigterm(home):
    assert run(home, "migrate", "-v0").returncode == 0
    port = free_port()
    server = subprocess.Popen([ROOT / "bin" / "serve", "--port", str(port)], env=home, stderr=subprocess.DEVNULL)
    try:
        end = time.monotonic() + 40
        while ask(port)[0] != 200 and time.monotonic() < end:
            time.sleep(0.2)
        assert ask(port)[0] == 200
        started = children(server)
        assert len(started) == 2
    finally:
        server.send_signal(signal.SIGTERM)
        assert server.wait(timeout=30) == 0
    assert ask(port)[0] is None
    assert [number for number in started if os.path.exists(f"/proc/{number}")] == []
