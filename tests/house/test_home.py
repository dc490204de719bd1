"""The home is for Préau's account alone, whatever was there; what cannot serve is said in a sentence."""

import os
import subprocess

import pytest
from django.core.exceptions import ImproperlyConfigured

from config.settings import home as homes
from config.settings.home import open_home
from tests.home import Home
from tests.house.source import ROOT


@pytest.fixture(autouse=True)
def umask_of_before():
    usual = os.umask(0)
    yield
    os.umask(usual)


def modes(folder):
    return {str(path.relative_to(folder)): oct(path.stat().st_mode & 0o7777) for path in folder.rglob("*")}


def test_an_open_home_is_shut_with_what_is_ours_in_it(tmp_path):
    home = tmp_path / "home"
    (home / "files" / "private").mkdir(parents=True)
    for name in ("preau.sqlite3", "preau.sqlite3-wal", "preau.sqlite3-shm", "files/a.webp", "files/private/b.pdf"):
        (home / name).write_text("x")
        (home / name).chmod(0o666)
    outside = tmp_path / "outside"
    outside.write_text("x")
    outside.chmod(0o644)
    (home / "files" / "link").symlink_to(outside)
    home.chmod(0o777)
    assert open_home(home) == home and home.stat().st_mode & 0o777 == 0o700
    (home / "files" / "link").unlink()
    found = modes(home)
    assert {found.pop("files"), found.pop("files/private")} == {"0o700"} and set(found.values()) == {"0o600"}
    assert outside.stat().st_mode & 0o777 == 0o644  # a link leads elsewhere: not ours
    (home / "later").write_text("x")
    assert modes(home)["later"] == "0o600"


def test_a_home_that_does_not_exist_is_made_private(tmp_path):
    assert open_home(tmp_path / "a" / "b").stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("which", ["", "preau.sqlite3"])
def test_a_home_or_a_base_that_cannot_be_written_is_named(tmp_path, monkeypatch, which):
    (tmp_path / "preau.sqlite3").write_text("x")
    monkeypatch.setattr(homes.os, "access", lambda path, how: path != tmp_path / which)
    with pytest.raises(ImproperlyConfigured, match="PREAU_HOME") as refused:
        open_home(tmp_path)
    assert str(tmp_path / which) + "\u00a0: ce compte n’y a pas accès" in str(refused.value)


def test_a_disk_that_is_read_only_is_named(tmp_path, monkeypatch):
    def refuse(path, mode):
        raise OSError(30, "Read-only file system", str(path))

    tmp_path.chmod(0o755)
    monkeypatch.setattr(type(tmp_path), "chmod", refuse)
    with pytest.raises(ImproperlyConfigured, match="ce disque ne s’écrit pas") as refused:
        open_home(tmp_path)
    assert str(tmp_path) in str(refused.value)


def test_a_folder_of_everybody_is_not_shut():
    with pytest.raises(ImproperlyConfigured, match="à tout le monde"):
        open_home(type(ROOT)("/tmp"))


@pytest.mark.processes
@pytest.mark.parametrize("words", [["serve"], ["backup", "x.tar"], ["migrate"]], ids=" ".join)
def test_commands_say_a_sentence_and_no_traceback(tmp_path, words):
    """A file where the home should be; a key that is too short; one sign fifty times."""
    taken = tmp_path / "home"
    taken.write_text("x")
    home = Home(taken)
    code, text = home.run(*words)
    assert code == 1 and text.startswith(str(taken)) and "Traceback" not in text and text.count("\n") == 1
    home = Home(tmp_path / "good")
    for key in ("court", "a" * 60, "changeme" * 8):
        home.env["PREAU_SECRET_KEY"] = key
        code, text = home.run(*words)
        assert code == 1 and "PREAU_SECRET_KEY est trop courte" in text and "Traceback" not in text


@pytest.mark.processes
def test_a_disk_that_is_full_or_read_only_under_a_command(tmp_path):
    """On small disks of its own, where the machine lets one be mounted."""
    disk = tmp_path / "disk"
    disk.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", disk], capture_output=True).returncode:
        pytest.skip("only root mounts a disk")
    try:
        code, text = Home(disk).run("migrate", "--verbosity", "0")
        assert code == 1 and text == f"{disk}\u00a0: le disque est plein.\n"
        subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
        code, text = Home(disk).run("serve", "--port", "1")
        assert code == 1 and text.startswith(f"{disk}\u00a0: ce disque ne s’écrit pas")
    finally:
        subprocess.run(["umount", disk], check=True)


def test_a_folder_of_everybody_is_refused_and_stays_as_it_is(tmp_path, monkeypatch):
    """To shut it would stop the machine."""
    assert {"/", "/tmp", "/var/lib", "/etc", "/usr"} <= set(homes.SHARED)
    monkeypatch.setattr(homes, "SHARED", (str(tmp_path),))
    tmp_path.chmod(0o755)
    with pytest.raises(ImproperlyConfigured, match="à tout le monde"):
        open_home(tmp_path)
    assert tmp_path.stat().st_mode & 0o777 == 0o755
