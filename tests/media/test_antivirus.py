"""ClamAV by its socket: what is asked, what each answer makes of a file; a small server speaks its protocol, then the
real engine does, with one signature of our own."""

import contextlib
import socket
import struct
import subprocess
import threading
import time

import pytest
from django.urls import reverse

from preau.media import antivirus, documents
from preau.media.antivirus import Verdict
from tests.media.test_documents import plain

# The test file of antivirus makers, in two parts so that none takes this one away.
HARMLESS_BUT_FOUND = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


def read_stream(line):
    """What an INSTREAM command sends, its chunks put together; as clamd, by their lengths."""
    got, whole = line.makefile("rb"), b""
    command = b""
    while not command.endswith(b"\0"):
        command += got.read(1)
    if command != b"zINSTREAM\0":
        return command
    while size := struct.unpack("!I", got.read(4))[0]:
        whole += got.read(size)
    return whole


@contextlib.contextmanager
def engine(settings, tmp_path, reply, family=socket.AF_UNIX):
    """A server that answers each connection by `reply(what was sent)`; None hangs up without a word."""
    server = socket.socket(family)
    server.bind(str(tmp_path / "clamd") if family == socket.AF_UNIX else ("127.0.0.1", 0))
    server.listen()
    name = server.getsockname()
    settings.CLAMD = name if family == socket.AF_UNIX else f"127.0.0.1:{name[1]}"

    def serve():
        while True:
            try:
                line = server.accept()[0]
            except OSError:
                return
            with line:
                if (said := reply(read_stream(line))) is not None:
                    line.sendall(said)

    threading.Thread(target=serve, daemon=True).start()
    try:
        yield
    finally:
        server.shutdown(socket.SHUT_RDWR)
        server.close()


@pytest.mark.parametrize("family", [socket.AF_UNIX, socket.AF_INET])
def test_a_file_is_sent_whole_and_its_answer_read(settings, tmp_path, family):
    sent = []

    def reply(content):
        sent.append(content)
        return b"stream: Preau-Test.UNOFFICIAL FOUND\0" if b"EICAR" in content else b"stream: OK\0"

    large = bytes(range(256)) * 1000  # four chunks
    with engine(settings, tmp_path, reply, family):
        assert antivirus.look(large) is Verdict.CLEAN and sent == [large]
        assert antivirus.look(HARMLESS_BUT_FOUND) is Verdict.DANGEROUS
        with pytest.raises(documents.Dangerous, match="programme dangereux"):
            documents.cleared(HARMLESS_BUT_FOUND)


@pytest.mark.parametrize("said", [b"INSTREAM size limit exceeded. ERROR\0", b"", b"stream: OK FOUND ERROR\0", None])
def test_an_answer_that_is_neither_yes_nor_no_holds_the_file(settings, tmp_path, said):
    with engine(settings, tmp_path, lambda content: said):
        assert antivirus.look(b"x") is Verdict.DOWN and not documents.cleared(b"x")


def test_an_engine_that_is_not_there_or_silent_holds_and_none_set_passes(settings, tmp_path, monkeypatch):
    for nowhere in (str(tmp_path / "nothing"), "127.0.0.1:1", "clamd.invalid:x"):
        settings.CLAMD = nowhere
        assert antivirus.look(b"x") is Verdict.DOWN and not antivirus.answers()
    monkeypatch.setattr(antivirus, "SECONDS", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        settings.CLAMD = f"127.0.0.1:{silent.getsockname()[1]}"
        assert antivirus._ask(b"zPING\0", seconds=0.2) == b""
    settings.CLAMD = ""
    assert antivirus.look(HARMLESS_BUT_FOUND) is Verdict.NO_ENGINE and documents.take(plain(), "a.pdf").is_cleared


@pytest.mark.django_db
def test_who_keeps_the_base_reads_whether_an_antivirus_is_there(world, client, settings, tmp_path):
    world.sign_in(client, "operator")
    assert "ne sont pas regardés" in client.get(reverse("base")).content.decode()
    settings.CLAMD = str(tmp_path / "nothing")
    assert "Il ne répond pas" in client.get(reverse("base")).content.decode()
    with engine(settings, tmp_path, lambda command: b"PONG\0" if command == b"zPING\0" else b""):
        assert "regarde chaque fichier" in client.get(reverse("base")).content.decode()


@pytest.mark.processes
@pytest.mark.clamd
def test_the_real_engine_finds_and_clears(settings, tmp_path):
    """Its own base is not here: one signature of ours stands for it."""
    base, socket_path = tmp_path / "base", tmp_path / "clamd"
    base.mkdir()
    (base / "ours.ndb").write_text(f"Preau-Test:0:*:{HARMLESS_BUT_FOUND.hex()}\n")
    conf = tmp_path / "clamd.conf"
    conf.write_text(f"LocalSocket {socket_path}\nDatabaseDirectory {base}\nForeground yes\nStreamMaxLength 1M\n")
    with subprocess.Popen(["clamd", "-c", conf], stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as clamd:
        try:
            settings.CLAMD = str(socket_path)
            until = time.monotonic() + 30
            while not antivirus.answers() and time.monotonic() < until and clamd.poll() is None:
                time.sleep(0.1)
            assert antivirus.look(plain()) is Verdict.CLEAN
            assert antivirus.look(HARMLESS_BUT_FOUND) is Verdict.DANGEROUS
            assert antivirus.look(b"\0" * 3 * 1024 * 1024) is Verdict.DOWN  # more than it takes: nobody has looked
        finally:
            clamd.terminate()
    assert antivirus.look(plain()) is Verdict.DOWN
