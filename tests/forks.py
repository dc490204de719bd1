"""Commands of Préau run in processes forked from one where Django is loaded already, each for a home of its own.

Starting Python, Django and the models takes longer than most commands that a test of backups runs. What is forked has
read nothing of any home: it reads its settings anew, in its own environment, and ends as a process does. A test that is
about the start itself, or about what serves, starts a process of its own (tests/home.py).
"""

import atexit
import json
import os
import select
import socket
import subprocess
import sys
import tempfile
import traceback
from functools import cache

from tests.house.source import ROOT


@cache
def loaded():
    """The address of the process that is forked, of this one; it ends with it."""
    folder = tempfile.TemporaryDirectory(prefix="preau-forks-")
    env = {**os.environ, "PREAU_HOME": folder.name, "PYTHONPATH": f"{ROOT}/src:{ROOT}", "PREAU_SECRET_KEY": ""}
    env = {name: value for name, value in env.items() if name != "PREAU_DATABASE_URL"}
    env["DJANGO_SETTINGS_MODULE"] = "config.settings.dev"
    words, address = [sys.executable, "-m", "tests.forks"], f"{folder.name}/socket"
    process = subprocess.Popen([*words, address], cwd=ROOT, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    atexit.register(lambda: (process.stdin.close(), process.wait(), folder.cleanup()))
    assert process.stdout.readline() == b"loaded\n"
    return address


def run(code, words, env):
    """(how it ended, what it said, its errors) of a command of `bin/preau`, or of this code."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as errors, socket.socket(socket.AF_UNIX) as asking:
        asking.connect(loaded())
        socket.send_fds(asking, [b"."], [out.fileno(), errors.fileno()])
        asking.sendall(json.dumps([code, words, env]).encode())
        asking.shutdown(socket.SHUT_WR)
        ended = int(asking.recv(16))
        texts = []
        for file in (out, errors):
            file.seek(0)
            texts.append(file.read().decode())
        return ended, *texts


def serve(address):
    """Forks for each that asks, until the process that began this one has ended."""
    import django

    django.setup()
    from preau import __main__  # noqa: F401

    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(address)
        listening.listen(16)
        os.write(1, b"loaded\n")
        while sys.stdin not in select.select([listening, sys.stdin], [], [])[0]:
            asked, _ = listening.accept()
            if os.fork() == 0:
                answer(asked)
            asked.close()
            reap()


def reap():
    """Those that have ended by now."""
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    except ChildProcessError:
        pass


def answer(asked):
    """In a process of its own, which waits for the one that does it and tells how that one ended."""
    _, files, *_ = socket.recv_fds(asked, 1, 2)
    code, words, env = json.loads(b"".join(iter(lambda: asked.recv(65536), b"")))
    doing = os.fork()
    if doing == 0:
        asked.close()
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        os.dup2(files[0], 1)
        os.dup2(files[1], 2)
        os._exit(do(code, words, env))
    asked.sendall(str(os.waitstatus_to_exitcode(os.waitpid(doing, 0)[1])).encode())
    os._exit(0)


def do(code, words, env):
    """As Python does it when it starts, then ends."""
    os.environ.clear()
    os.environ.update(env)
    forget_settings()
    ended = 0
    try:
        if code is None:
            from preau.__main__ import main

            sys.argv = ["preau", *words]
            main()
        else:
            sys.argv = ["-c", *words]
            exec(compile(code, "<string>", "exec"), {"__name__": "__main__"})
    except SystemExit as end:
        ended = end.code if isinstance(end.code, int) else int(end.code is not None)
        if ended and not isinstance(end.code, int):
            print(end.code, file=sys.stderr)
    except BaseException:
        traceback.print_exc()
        ended = 1
    atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()
    return ended


def forget_settings():
    """Those of this environment are read where they are next asked for, and what was made of the former is let go."""
    from django.conf import settings
    from django.core.cache import caches
    from django.core.files.storage import default_storage, storages
    from django.db import connections
    from django.utils.functional import empty

    for name in [name for name in sys.modules if name.startswith("config.settings")]:
        del sys.modules[name]
    settings._wrapped = empty
    default_storage._wrapped = empty
    for each in (storages, caches, connections):
        vars(each).clear()
        type(each).__init__(each)


if __name__ == "__main__":
    serve(sys.argv[1])
