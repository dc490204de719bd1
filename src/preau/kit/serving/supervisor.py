"""Starts web and worker, starts again the one that falls, and stops them together.

`bin/serve` becomes the process that runs this once the base is checked. It has loaded the application (config/web.py),
and its parts are forked from it: what they only read is in memory once. It does nothing but wait.
"""

import ctypes
import logging
import multiprocessing
import os
import signal
import sys
import time

from preau.kit.serving.orphans import end_with_parent

STOP_WAIT = 20  # seconds given to a request or a job to end
FIRST_PAUSE, LONGEST_PAUSE = 1, 30  # seconds before a part that fell is started again
STANDS_AFTER = 60  # seconds
MOST_TRIES = 8  # about two minutes
# The C library keeps a heap for each thread, and gives back what is freed at their end only: one, and what is free
# goes back past 128 KB. It reads them as a process starts.
THRIFT = {"MALLOC_ARENA_MAX": "1", "MALLOC_TRIM_THRESHOLD_": "131072"}
WORKER = "worker"  # the word that asks for one beside the web processes
SET_NAME = 15  # <linux/prctl.h>
STOPS = (signal.SIGTERM, signal.SIGINT)
logger = logging.getLogger("preau.serve")


def become(host, port, *, address, worker):
    """Another program in the same process: what the checks took leaves the memory. Mails lead to `address`."""
    words = [sys.executable, "-m", "config.web", host, str(port), *([WORKER] if worker else [])]
    os.execve(sys.executable, words, {**os.environ, **THRIFT, "PREAU_ADDRESS": address})


def run_together(parts) -> int:
    """Starts each of {name: what it does}, each in a process of its own, and starts again the one that ends; a signal
    stops them all. Returns the exit code."""
    asked = []
    for number in STOPS:
        signal.signal(number, lambda number, frame: asked.append(number))
    parts = [Part(name, work) for name, work in parts.items()]
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

    def __init__(self, name, work):
        self.name, self.work, self.pause, self.tries = name, work, FIRST_PAUSE, 0
        self.start()

    def start(self):
        self.process = multiprocessing.get_context("fork").Process(target=self._stand, args=(os.getpid(),))
        signal.pthread_sigmask(signal.SIG_BLOCK, STOPS)  # until the new process no longer takes them for its parent's
        try:
            self.process.start()
        finally:
            signal.pthread_sigmask(signal.SIG_UNBLOCK, STOPS)
        self.started_at, self.next_at = time.monotonic(), None

    def _stand(self, parent):
        os.setsid()
        for number in STOPS:
            signal.signal(number, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, STOPS)
        end_with_parent(parent)
        take_name(self.name)
        self.work()

    def look_after(self):
        """Starts it again when it has ended: after a second, then later and later until it stands for a minute."""
        now = time.monotonic()
        if self.process.exitcode is None:
            if now - self.started_at > STANDS_AFTER:
                self.pause, self.tries = FIRST_PAUSE, 0
        elif self.next_at is None:
            kill_group(self.process)  # what it had started itself
            logger.error("%s ended with %s, next try in %s s", self.name, self.process.exitcode, self.pause)
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
        process.terminate()
    end = time.monotonic() + STOP_WAIT
    for process in processes:
        process.join(max(0.1, end - time.monotonic()))
        if process.exitcode is None:
            kill_group(process)
            process.join()


def kill_group(process):
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:  # it has no session yet, or all of them have ended
        process.kill()


def take_name(name):
    """What `ps` and /proc/…/comm tell: the parts run one program. Linux only: nothing elsewhere."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(SET_NAME, name.encode())
