"""Reads what a stranger sent in a process of its own, that has no secret, no file to write, no network, and dies alone.

A reader is the likeliest place of a flaw and a bomb the likeliest weapon (trust.md T6). Run as a program it is that
process: memory, CPU seconds, a module's path, then words in argument, the file on its input, the answer on its output.
It imports nothing of Préau, and no more may the module, so that it starts in a tenth of a second and knows nothing.
A film is too heavy to be held: it stays the file it is, on the input, and what is written of it is one on the output.
"""

import ctypes
import importlib.util
import os
import platform
import resource
import struct
import subprocess
import sys
from dataclasses import dataclass
from typing import IO

NICENESS = 5  # pages go first on a machine whose cores are all busy


class TooHard(Exception):
    """The process took too long, or was killed by a signal: the file needed more than the limits allow."""


@dataclass(frozen=True)
class Limits:
    """Limits of one run: bytes of memory, seconds of CPU and of wall-clock time, size of the file that it writes (in
    memory, or where it is told to: the process has no folder of its own)."""

    memory: int
    cpu_seconds: int
    wall_seconds: float
    written: int = 0


def read_apart(
    reader: str, *words: str, content: bytes | IO, limits: Limits, into: IO | None = None
) -> tuple[int, bytes]:
    """Runs `answer(content, *words)` of the module at this path in its own process; returns its exit code and bytes.
    Raises TooHard. An uncaught exception there gives code 1 and no byte. `content`, a file of the disk, is given as it
    is to a module that has `IS_FOR_FILES`; `into`, another, takes the answer."""
    given = {"input": content} if isinstance(content, bytes) else {"stdin": content}
    try:
        done = subprocess.run(
            command(reader, *words, limits=limits),
            stdout=into or subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # nobody reads it, and a file may make a reader print without end
            cwd="/",
            env={},
            timeout=limits.wall_seconds,
            **given,
        )
    except subprocess.TimeoutExpired:
        raise TooHard from None
    if done.returncode < 0:
        raise TooHard
    return done.returncode, done.stdout or b""


def command(reader: str, *words: str, limits: Limits) -> list[str]:
    """The words that start the process."""
    figures = map(str, (limits.memory, limits.cpu_seconds, limits.written))
    return [sys.executable, "-I", __file__, *figures, reader, *words]


# Numbers of Linux: {machine: (AUDIT_ARCH, socket)}; io_uring can open sockets too, and has one number everywhere.
CALLS = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198)}
IO_URING, X32 = 425, 0x40000000
LOAD, EQUAL, AT_LEAST, ANSWER = 0x20, 0x15, 0x35, 0x06  # of a BPF programme
ALLOW, KILL, REFUSE = 0x7FFF0000, 0x80000000, 0x00050000 | 13  # EACCES


def _shut_network():
    """No socket from now on, nor in a programme that this process becomes (seccomp). Where the kernel has none of it,
    the limits still stand."""
    if platform.machine() not in CALLS:
        return
    arch, sockets = CALLS[platform.machine()]
    lines = [
        (LOAD, 0, 0, 4), (EQUAL, 1, 0, arch), (ANSWER, 0, 0, KILL),
        (LOAD, 0, 0, 0), (AT_LEAST, 2, 0, X32), (EQUAL, 1, 0, sockets), (EQUAL, 0, 1, IO_URING),
        (ANSWER, 0, 0, REFUSE), (ANSWER, 0, 0, ALLOW),
    ]  # fmt: skip
    code = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *line) for line in lines))
    programme = ctypes.create_string_buffer(struct.pack("HxxxxxxP", len(lines), ctypes.addressof(code)))
    prctl = ctypes.CDLL(None).prctl
    prctl(38, 1, 0, 0, 0)  # PR_SET_NO_NEW_PRIVS, which PR_SET_SECCOMP asks of who is not root
    prctl(22, 2, programme, 0, 0)


def _answer_alone(memory, cpu_seconds, written, reader, *words):
    """The whole program: the module, which is ours, then limits, then the file."""
    spec = importlib.util.spec_from_file_location("reader", reader)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    for limit, most in (
        (resource.RLIMIT_AS, int(memory)),
        (resource.RLIMIT_CPU, int(cpu_seconds)),
        (resource.RLIMIT_FSIZE, int(written)),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(limit, (most, most))
    _shut_network()
    os.nice(NICENESS)
    content = b"" if hasattr(module, "IS_FOR_FILES") else sys.stdin.buffer.read()
    code, said = module.answer(content, *words)
    sys.stdout.buffer.write(said)
    sys.exit(code)


if __name__ == "__main__":
    _answer_alone(*sys.argv[1:])
