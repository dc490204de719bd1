"""Starts the server as `bin/serve` does and reads what its processes cost from /proc."""

import contextlib
import os
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parents[1]
TICK = os.sysconf("SC_CLK_TCK")


def environment(home):
    """The variables of a run: its own home, the bench's settings, the base given by `tests.postgres` if any."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("PREAU_") or name == "PREAU_DATABASE_URL"
    }
    return {
        **kept,
        "PREAU_HOME": str(home),
        "PREAU_CITY": "poitiers",
        "DJANGO_SETTINGS_MODULE": "bench.settings",
        "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
    }


@contextlib.contextmanager
def serve(home, port, *, worker=False):
    """The processes that `bin/serve` starts, with or without the worker: yields the first one's id."""
    command = [sys.executable, "-m", "preau", "serve", "--port", str(port), *([] if worker else ["--web-only"])]
    process = subprocess.Popen(command, cwd=ROOT, env=environment(home), stdout=subprocess.DEVNULL)
    try:
        _wait(process, port)
        yield process.pid
    finally:
        process.terminate()
        process.wait(30)


def _wait(process, port):
    for _ in range(600):
        if process.poll() is not None:
            raise SystemExit("the server stopped at once")
        with contextlib.suppress(OSError):  # not listening yet, or busy starting
            urllib.request.urlopen(f"http://127.0.0.1:{port}/_bench/bare/", timeout=2).read()
            return
        time.sleep(0.1)
    raise SystemExit("the server did not answer in a minute")


def use_database(name):
    """From now on PREAU_DATABASE_URL names a database of its own, empty, on the server that it named."""
    import psycopg

    address = urlsplit(os.environ["PREAU_DATABASE_URL"])
    with psycopg.connect(address.geturl(), autocommit=True) as base:
        base.execute(f"CREATE DATABASE {name}")
    os.environ["PREAU_DATABASE_URL"] = address._replace(path=f"/{name}").geturl()


def database_pids():
    """The processes of the PostgreSQL that PREAU_DATABASE_URL names, if any."""
    address = os.environ.get("PREAU_DATABASE_URL", "")
    if not address.startswith("postgres"):
        return []
    wanted = f"port={urlsplit(address).port}"
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        with contextlib.suppress(OSError):
            words = path.read_text().split("\0")
            if words[0].endswith("/postgres") and wanted in words:
                return tree(int(path.parent.name))
    return []


def tree(pid):
    """The process and its descendants."""
    found = [pid]
    for each in found:
        with contextlib.suppress(FileNotFoundError):
            for task in Path(f"/proc/{each}/task").iterdir():
                found += [int(child) for child in (task / "children").read_text().split()]
    return found


def cpu_seconds(pids):
    """User and system time so far of these processes, and of those that they started and that ended: a PDF is drawn in
    one of its own."""
    total = 0
    for pid in pids:
        with contextlib.suppress(FileNotFoundError):
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            total += sum(map(int, fields[11:15]))
    return total / TICK


def make_base(home, scale):
    """Seconds taken by `preau demo --scale`, or None when a former run left the base."""
    home.mkdir(parents=True, exist_ok=True)
    mark = home / "made-in"
    if mark.exists():
        return float(mark.read_text())
    say(f"scale {scale}: filling the base")
    run(home, "-m", "preau", "migrate", "-v", "0")
    start = time.monotonic()
    run(home, "-m", "preau", "demo", "--quiet", "--scale", str(scale))
    taken = time.monotonic() - start
    if address := os.environ.get("PREAU_DATABASE_URL"):
        _settle(address)
    mark.write_text(f"{taken:.1f}")
    return taken


def _settle(address):
    """What PostgreSQL does by itself in the minutes after: it would be counted with the first pages."""
    import psycopg

    with psycopg.connect(address, autocommit=True) as base:
        base.execute("VACUUM ANALYZE")


def run(home, *words):
    done = subprocess.run(
        [sys.executable, *words], cwd=ROOT, env=environment(home), stdout=subprocess.PIPE, text=True, check=True
    )
    return done.stdout


def say(words):
    print(words, file=sys.stderr, flush=True)
