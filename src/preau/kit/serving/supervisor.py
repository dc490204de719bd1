"""What `bin/serve` becomes once the base is checked: it starts web and worker, starts again the one that falls, and
stops them together.

It stays for as long as Préau serves and does nothing but wait: it imports neither Django nor a room.
"""

import contextlib
import logging
import os
import signal
import subprocess
import sys
import time
from functools import partial

from preau.kit.serving.orphans import end_with_parent

STOP_WAIT = 20  # seconds given to a request or a job to end
FIRST_PAUSE, LONGEST_PAUSE = 1, 30  # seconds before a part that fell is started again
STANDS_AFTER = 60  # seconds
MOST_TRIES = 8  # about two minutes
# The C library keeps a heap for each thread, and gives back what is freed at their end only: one, and what is free
# goes back past 128 KB.
THRIFT = {"MALLOC_ARENA_MAX": "1", "MALLOC_TRIM_THRESHOLD_": "131072"}
WORKER = "worker"  # the word that asks for one beside the web processes
logger = logging.getLogger("preau.serve")


def words(host, port, *, worker) -> list[str]:
    """The command line of the supervisor."""
    return [sys.executable, "-m", __name__, host, str(port), *([WORKER] if worker else [])]


def main(host, port, *worker):
    commands = [[sys.executable, "-m", "config.web", host, port]]
    if worker:
        commands.append([sys.executable, "-m", "preau", "worker"])
    sys.exit(run_together(commands))


def run_together(commands) -> int:
    """Starts them all and starts again the one that ends; a signal stops them all. Returns the exit code."""
    asked = []
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda number, frame: asked.append(number))
    parts = [Part(words) for words in commands]
    try:
        while not asked and not any(part.never_stood for part in parts):
            for part in parts:
                part.look_after()
            time.sleep(0.2)
    finally:
        stop([part.process for part in parts])
    return 0 if asked else 1


class Part:
    """One of the processes, in a session of its own: Ctrl+C reaches the supervisor only, which stops them in order."""

    def __init__(self, words):
        self.words, self.pause, self.tries = words, FIRST_PAUSE, 0
        self.start()

    def start(self):
        self.process = subprocess.Popen(
            self.words,
            start_new_session=True,
            preexec_fn=partial(end_with_parent, os.getpid()),
            env={**os.environ, **THRIFT},
        )
        self.started_at, self.next_at = time.monotonic(), None

    def look_after(self):
        """Starts it again when it has ended: after a second, then later and later until it stands for a minute."""
        now = time.monotonic()
        if self.process.poll() is None:
            if now - self.started_at > STANDS_AFTER:
                self.pause, self.tries = FIRST_PAUSE, 0
        elif self.next_at is None:
            kill_group(self.process)  # what it had started itself
            logger.error("%s ended with %s, next try in %s s", self.words[2], self.process.returncode, self.pause)
            self.next_at, self.pause, self.tries = now + self.pause, min(2 * self.pause, LONGEST_PAUSE), self.tries + 1
        elif now >= self.next_at:
            self.start()

    @property
    def never_stood(self) -> bool:
        """It falls each time it starts: whoever started Préau is to know."""
        return self.tries >= MOST_TRIES


def stop(processes):
    """Asks, waits, then insists."""
    for process in processes:
        if process.poll() is None:
            process.terminate()
    end = time.monotonic() + STOP_WAIT
    for process in processes:
        try:
            process.wait(timeout=max(0.1, end - time.monotonic()))
        except subprocess.TimeoutExpired:
            kill_group(process)
            process.wait()


def kill_group(process):
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


if __name__ == "__main__":
    main(*sys.argv[1:])
