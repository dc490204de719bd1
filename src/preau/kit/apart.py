"""Reads what a stranger sent in a process of its own, that has no secret, no file to write, and dies alone.

A reader is the likeliest place of a flaw and a bomb the likeliest weapon (trust.md T6). Run as a program it is that
process: memory, CPU seconds, a module's path, then words in argument, the file on its input, the answer on its output.
It imports nothing of Préau, and no more may the module, so that it starts in a tenth of a second and knows nothing.
"""

import importlib.util
import os
import resource
import subprocess
import sys
from dataclasses import dataclass

NICENESS = 5  # pages go first on a machine whose cores are all busy


class TooHard(Exception):
    """It took too long, or was ended by a signal: it asked for more than it may."""


@dataclass(frozen=True)
class Limits:
    """Of one reading: bytes of memory, seconds of processor and of clock."""

    memory: int
    cpu_seconds: int
    wall_seconds: float


def read_apart(reader: str, *words: str, content: bytes, limits: Limits) -> tuple[int, bytes]:
    """What `answer(content, *words)` of the module at this path gives: an exit code and bytes. Raises TooHard.

    Another exception there is code 1 without a byte.
    """
    try:
        done = subprocess.run(
            command(reader, *words, limits=limits),
            input=content,
            capture_output=True,
            cwd="/",
            env={},
            timeout=limits.wall_seconds,
        )
    except subprocess.TimeoutExpired:
        raise TooHard from None
    if done.returncode < 0:
        raise TooHard
    return done.returncode, done.stdout


def command(reader: str, *words: str, limits: Limits) -> list[str]:
    """The words that start the process."""
    return [sys.executable, "-I", __file__, str(limits.memory), str(limits.cpu_seconds), reader, *words]


def _answer_alone(memory, cpu_seconds, reader, *words):
    """The whole program: the module, which is ours, then limits, then the file."""
    spec = importlib.util.spec_from_file_location("reader", reader)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    for limit, most in (
        (resource.RLIMIT_AS, int(memory)),
        (resource.RLIMIT_CPU, int(cpu_seconds)),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(limit, (most, most))
    os.nice(NICENESS)
    code, said = module.answer(sys.stdin.buffer.read(), *words)
    sys.stdout.buffer.write(said)
    sys.exit(code)


if __name__ == "__main__":
    _answer_alone(*sys.argv[1:])
