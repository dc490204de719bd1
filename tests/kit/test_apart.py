"""The process that reads what a stranger sent dies alone and knows nothing; each caller then says a sentence."""

import os
import resource
import subprocess

import pytest

from preau.kit import apart
from preau.kit.tables import TableRefused, read_table, reading, workbook
from preau.kit.tables.writing import write_xlsx
from preau.media import decoder, documents, images, pdf
from tests.media import samples
from tests.media.test_documents import plain

pytestmark = pytest.mark.apart

WAYS = {
    "picture": (
        decoder, images.LIMITS, images.NotAPicture, "trop de travail",
        lambda: images.draw_again(samples.encoded(samples.drawing(), "JPEG"), "a.jpg"),
    ),
    "pdf": (
        pdf, images.LIMITS, documents.NotADocument, "trop de travail", lambda: documents.take(plain(), "a.pdf"),
    ),
    "workbook": (
        workbook, reading.WORKBOOK_LIMITS, TableRefused, "démesuré",
        lambda: read_table("a.xlsx", write_xlsx(["a"], [["b"]])),
    ),
}  # fmt: skip
SMALL = apart.Limits(memory=256 * 1024 * 1024, cpu_seconds=5, wall_seconds=20)


@pytest.fixture
def module(tmp_path):
    def written(body):
        path = tmp_path / "reader.py"
        path.write_text(f"import os, signal, sys\n\ndef answer(content, *words):\n    {body}\n")
        return str(path)

    return written


def test_what_it_answers_comes_back(module):
    reader = module("return len(content), '/'.join(words).encode()")
    assert apart.read_apart(reader, "a", "é", content=b"seven..", limits=SMALL) == (7, "a/é".encode())


def test_it_knows_no_secret_no_place_and_nothing_of_preau(module, monkeypatch):
    monkeypatch.setenv("PREAU_SECRET_KEY", "secret")
    reader = module("return 0, repr((sorted(os.environ), os.getcwd(), 'preau' in sys.modules)).encode()")
    _, said = apart.read_apart(reader, content=b"", limits=SMALL)
    assert said == b"(['LC_CTYPE'], '/', False)"


def test_what_it_prints_beside_its_answer_is_kept_nowhere(module):
    reader = module("return 0, os.readlink('/proc/self/fd/2').encode()")
    assert apart.read_apart(reader, content=b"", limits=SMALL) == (0, b"/dev/null")


@pytest.mark.parametrize("body", [
    "os.kill(os.getpid(), signal.SIGSEGV)", "all(iter(lambda: True, False))", "import time; time.sleep(60)",
])  # fmt: skip
def test_a_crash_and_what_takes_too_long_are_too_hard(module, body):
    quick = apart.Limits(memory=SMALL.memory, cpu_seconds=1, wall_seconds=4)
    with pytest.raises(apart.TooHard):
        apart.read_apart(module(body), content=b"", limits=quick)


@pytest.mark.parametrize("body", [
    "raise ValueError", "return 0, bytes(300_000_000)", "return 0, open('/tmp/written', 'wb', 0).write(b'a')",
])  # fmt: skip
def test_an_exception_too_much_memory_or_a_file_to_write_is_code_one(module, body):
    assert apart.read_apart(module(body), content=b"", limits=SMALL) == (1, b"")


@pytest.mark.parametrize("body", [
    "import socket; socket.socket(); return 0, b''",
    "import ctypes; return 0 if ctypes.CDLL(None).syscall(425, 1, ctypes.create_string_buffer(200)) > 0 else 1, b''",
])  # fmt: skip
def test_no_socket_is_opened(module, body):
    assert apart.read_apart(module(body), content=b"", limits=SMALL) == (1, b"")


@pytest.mark.parametrize("way", WAYS)
def test_who_sends_what_ends_its_reader_is_told_a_sentence(way, monkeypatch):
    *_, refusal, sentence, ask = WAYS[way]
    monkeypatch.setattr(apart, "command", lambda *words, limits: ["sh", "-c", "kill -SEGV $$"])
    with pytest.raises(refusal, match=sentence):
        ask()


@pytest.mark.parametrize("way", WAYS)
def test_limits_are_set_before_the_file_is_read(way):
    """Started as it is, with a file that never comes: its limits are already there."""
    module, limits, *_ = WAYS[way]
    words = apart.command(module.__file__, *(["PNG"] if way == "picture" else []), limits=limits)
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env={}) as process:
        while os.path.exists(f"/proc/{process.pid}") and resource.prlimit(process.pid, resource.RLIMIT_FSIZE)[0]:
            pass
        found = [resource.prlimit(process.pid, limit)[0] for limit in (resource.RLIMIT_AS, resource.RLIMIT_CPU)]
        assert found == [limits.memory, limits.cpu_seconds]
        process.communicate(b"")
        assert process.returncode
