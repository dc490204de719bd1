"""A PostgreSQL server for the time of a test run: nothing of the system's own is started or changed.

`python -m tests.postgres COMMAND…` runs a command with PREAU_DATABASE_URL set, then stops the server.
"""

import contextlib
import os
import pwd
import shlex
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

MIGRATED = "TESTS_MIGRATED"  # where the end of migrations is told
KEPT = "TESTS_KEPT"  # a folder that the runs of .ci/run share: the same code is migrated there once for each base
TABLES = "migrated.sql"
# For the suite, which cuts no power: the tests that do start a server of their own, with its own settings. A test
# commits none of its rows: autovacuum, counting a table meanwhile, would find it empty, and the next query would join
# twenty thousand rows as if there were one, for minutes.
QUICK = ("autovacuum=off", "fsync=off", "full_page_writes=off", "synchronous_commit=off")


def find_program(name) -> str | None:
    """Debian keeps the server's programs out of PATH; the newest version wins."""
    kept = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: int(path.parts[4]))
    return str(kept[-1]) if kept else shutil.which(name)


def is_installed() -> bool:
    return find_program("initdb") is not None


@contextlib.contextmanager
def server(*settings):
    """Yields the address of a fresh, empty server listening on loopback only; `settings`, « name=value »."""
    home = Path(tempfile.mkdtemp(prefix="preau-pg-"))
    as_owner = _as_owner(home)
    data, port = home / "data", _free_port()
    control = [find_program("pg_ctl"), "-D", data, "-w", "-s"]
    settings = ("listen_addresses=127.0.0.1", f"port={port}", f"unix_socket_directories={home}", *settings)
    options = " ".join(f"-c {setting}" for setting in settings)
    try:
        # It sorts by the rules of French and skips spaces, as many servers do: an order left to it shows in the tests.
        french = ["--locale=C", "--locale-provider=icu", "--icu-locale=fr-u-ka-shifted"]
        words = ["-D", data, "-U", "preau", "-A", "trust", "-E", "UTF8", "--no-sync", *french]
        _run([find_program("initdb"), *words], as_owner)
        _run([*control, "-l", home / "log", "-o", options, "start"], as_owner)
        try:
            yield f"postgres://preau@127.0.0.1:{port}/postgres"
        finally:
            _run([*control, "-m", "immediate", "stop"], as_owner)
    finally:
        shutil.rmtree(home, ignore_errors=True)


@contextlib.contextmanager
def stopped(address):
    """The server is stopped at once, as a power cut does, then started again as it was."""
    import psycopg

    with psycopg.connect(address) as base:
        data = Path(base.execute("SHOW data_directory").fetchone()[0])
    as_owner, control = _as_owner(data.parent), [find_program("pg_ctl"), "-D", data, "-w", "-s"]
    words = shlex.split((data / "postmaster.opts").read_text())
    options = shlex.join(words[words.index("-c") :])
    _run([*control, "-m", "immediate", "stop"], as_owner)
    try:
        yield
    finally:
        _run([*control, "-l", data.parent / "log", "-o", options, "start"], as_owner)


def ask(program, address, *words):
    """One of the programs that come with the server, asked of a base."""
    _run([find_program(program), "-d", address, *words], {})


def _as_owner(home):
    """PostgreSQL refuses to run as root: its own user does, when there is one."""
    if os.geteuid() != 0:
        return {}
    owner = pwd.getpwnam("postgres")
    os.chown(home, owner.pw_uid, owner.pw_gid)
    return {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []}


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _run(words, as_owner):
    done = subprocess.run(
        [str(word) for word in words],
        cwd="/",
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        **as_owner,
    )
    if done.returncode:
        raise RuntimeError(f"{words[0]} failed:\n{done.stderr}")


def main(command):
    if not is_installed():
        print("PostgreSQL is not installed: apt-get install postgresql", file=sys.stderr)
        return 1
    is_suite = any("pytest" in word for word in command)
    with server(*(QUICK if is_suite else [])) as address, tempfile.TemporaryDirectory(prefix="preau-pg-") as folder:
        given = {"PREAU_DATABASE_URL": address}
        if not is_suite:
            return subprocess.call(command, env={**os.environ, **given})
        told = given[MIGRATED] = f"{folder}/migrated"
        playing = threading.Thread(target=migrate, args=(address.replace("/postgres", "/template1"), told))
        playing.start()
        code = subprocess.call(command, env={**os.environ, **given})
        playing.join()
        return code


def migrate(address, told):
    """Migrations are played once, in the base that PostgreSQL copies each new one from, while the processes of the run
    read the tests: each makes its own base then, and finds nothing left to play. The file `told` says how it ended."""
    given = {"PREAU_DATABASE_URL": address, "DJANGO_SETTINGS_MODULE": "config.settings.test"}
    played = Path(os.environ.get(KEPT, told), TABLES)
    if played.exists():  # another run did, and each worker still looks for what would be left to play
        ask("psql", address, "-q", "-v", "ON_ERROR_STOP=1", "-f", played)
    code = subprocess.call([sys.executable, "-m", "django", "migrate", "-v0"], env={**os.environ, **given})
    Path(f"{told}.part").write_text(str(code))
    Path(f"{told}.part").rename(told)


def keep_prepared():
    """In this process, psycopg keeps what it prepared when a transaction is rolled back, as each test is. It lets it go
    lest a table of that transaction be gone: of these, what makes or drops one is still heard."""
    from psycopg._preparing import PrepareManager

    discards = PrepareManager._should_discard

    def discards_but_for_rollbacks(self, prep, results):
        return discards(self, prep, [one for one in results if one.command_status != b"ROLLBACK"])

    PrepareManager._should_discard, PrepareManager.prepared_max = discards_but_for_rollbacks, 2000


def await_migrations():
    """Those of `migrate`, in a run that `main` began; no other has any to wait for."""
    while (told := os.environ.get(MIGRATED)) and not Path(told).exists():
        time.sleep(0.1)
    if told and Path(told).read_text() != "0":
        raise RuntimeError("the migrations of the run failed")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
