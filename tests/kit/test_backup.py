"""A backup is whole or refused; put back, it gives the same digest. On SQLite and, where installed, on PostgreSQL."""

import hashlib
import os
import random
import shutil
import tarfile
import threading

import pytest
from django.db import connection

from preau.kit import backup
from tests.home import FILL, Home

pytestmark = pytest.mark.processes
WRITE = """
import django, sys, time
django.setup()
from preau.people.models import Person
end = time.monotonic() + float(sys.argv[1])
number = 0
while time.monotonic() < end:
    Person.objects.create(first_name="x", last_name=f"écrit pendant {number}")
    number += 1
print(number)
"""


def forked(path):
    """Whose commands start no Python: the start itself is tried below, where a home or a server is not there."""
    return Home(path, is_forked=True)


@pytest.fixture(scope="module")
def filled(tmp_path_factory, migrated):
    home = forked(tmp_path_factory.mktemp("filled"))
    shutil.copy(migrated, home.path)
    home.ids = home.python(FILL)
    home.archive = home.path.parent / "filled.tar"
    assert home.run("backup", str(home.archive))[0] == 0
    return home


@pytest.fixture
def empty(tmp_path):
    return forked(tmp_path / "empty")


def test_the_archive_is_for_its_owner_only_and_leaves_nothing_beside(filled):
    assert filled.archive.stat().st_mode & 0o077 == 0
    assert [path.name for path in filled.archive.parent.glob(".*filled*")] == []


def test_passing_files_with_living_codes_are_not_in_the_archive(filled, empty):
    """Sheets and dropped files last a day; an archive lasts 35. The digest leaves them out as well."""
    assert (filled.path / "files" / "private" / "sheets" / "codes.pdf").exists()
    assert [member.name for member in members(filled.archive) if "private" in member.name] == []
    assert b"un code vivant" not in filled.archive.read_bytes()
    assert empty.run("restore", str(filled.archive))[0] == 0
    assert empty.verify() == filled.verify()
    assert not (empty.path / "files" / "private").exists()


def test_a_restored_base_has_the_same_digest_and_is_not_replaced_unless_asked(filled, empty):
    code, text = empty.run("restore", str(filled.archive))
    assert code == 0, text
    assert empty.verify() == filled.verify()
    assert "3 fichiers" in filled.verify()
    assert (empty.path / "secret_key").read_text() == (filled.path / "secret_key").read_text()
    empty.python(WRITE, "0.1")
    (empty.path / "files" / "after.jpg").write_text("later")
    before = empty.verify()
    code, text = empty.run("restore", str(filled.archive))
    assert code == 1 and "--replace" in text
    assert empty.verify() == before
    assert empty.run("restore", "--replace", str(filled.archive))[0] == 0
    assert empty.verify() == filled.verify()
    assert not (empty.path / "files" / "after.jpg").exists()


def test_a_demo_put_back_still_says_that_nobody_exists(filled, empty, tmp_path):
    (filled.path / "banner.txt").write_text("Personnes fictives")
    archive = tmp_path / "demo.tar"
    assert filled.run("backup", str(archive))[0] == 0
    (filled.path / "banner.txt").unlink()
    assert empty.run("restore", str(archive))[0] == 0
    assert (empty.path / "banner.txt").read_text() == "Personnes fictives"
    assert empty.run("restore", "--replace", str(filled.archive))[0] == 0
    assert not (empty.path / "banner.txt").exists()


def test_a_backup_taken_while_people_write_is_one_moment(filled, tmp_path):
    home = forked(tmp_path / "live")
    assert home.run("restore", str(filled.archive))[0] == 0
    writer = threading.Thread(target=home.python, args=(WRITE, "4"))
    writer.start()
    archives = [tmp_path / f"{number}.tar" for number in range(2)]
    for archive in archives:
        assert home.run("backup", str(archive))[0] == 0
    writer.join()
    for number, archive in enumerate(archives):
        other = forked(tmp_path / f"copy{number}")
        assert other.run("restore", str(archive))[0] == 0
        other.verify()


def test_an_archive_without_a_base_is_refused_and_nothing_is_touched(filled, empty, tmp_path):
    """Whole and true to its list, but with no base in it: it would empty the one that is there."""
    told = backup.read(filled.archive)
    told.members = {name: said for name, said in told.members.items() if name != "base.sqlite3"}
    archive = tmp_path / "no-base.tar"
    with tarfile.open(filled.archive) as source, tarfile.open(archive, "w", format=tarfile.PAX_FORMAT) as target:
        for member in source.getmembers():
            if member.name in told.members:
                target.addfile(member, source.extractfile(member))
        content = told.to_bytes()
        backup._add_bytes(target, f"manifest-{hashlib.sha256(content).hexdigest()}.json", content)
    code, text = empty.run("restore", "--replace", str(archive))
    assert code == 1 and "ne contient pas de base" in text and "Traceback" not in text
    assert list(empty.path.iterdir()) == []


def flip(content, place):
    return content[:place] + bytes([content[place] ^ 0xFF]) + content[place + 1 :]


def members(path):
    with tarfile.open(path) as archive:
        return archive.getmembers()


def damages(path):
    """(name, changed bytes): each way an archive breaks."""
    content = path.read_bytes()
    yield "empty", b""
    yield "half", content[: len(content) // 2]
    yield "last block missing", content[:-10240]
    yield "one byte missing", content[:-1]
    yield "another file", b"Ceci est une lettre." * 600
    yield "zeros", bytes(10240)
    yield "a picture", b"\x89PNG\r\n\x1a\n" + os.urandom(20472)
    for member in members(path):
        yield f"header of {member.name[:12]}", flip(content, member.offset + 3)
        yield f"size of {member.name[:12]}", flip(content, member.offset + 126)
        yield f"start of {member.name[:12]}", flip(content, member.offset_data)
        yield f"end of {member.name[:12]}", flip(content, member.offset_data + member.size - 1)
    spots = random.Random(7).sample([m for m in members(path) if m.size > 1000], 3)
    for number, member in enumerate(spots):
        yield f"middle {number}", flip(content, member.offset_data + member.size // 2)


def test_every_damaged_archive_is_refused_before_anything_is_touched(filled, tmp_path):
    unpacked = tmp_path / "unpacked"
    broken = tmp_path / "broken.tar"
    accepted = []
    for name, content in damages(filled.archive):
        broken.write_bytes(content)
        try:
            backup.read(broken, into=unpacked)
            accepted.append(name)
        except backup.Damaged as refusal:
            assert str(refusal).startswith(("Cette sauvegarde", "Ce fichier"))
        shutil.rmtree(unpacked, ignore_errors=True)
    assert accepted == []


def test_a_refused_restore_leaves_an_empty_home_empty(filled, empty):
    broken = filled.path.parent / "broken.tar"
    content = filled.archive.read_bytes()
    for change in (flip(content, len(content) // 3), b"Ceci est une lettre."):
        broken.write_bytes(change)
        code, text = empty.run("restore", str(broken))
        assert code == 1 and text.startswith(("Cette sauvegarde", "Ce fichier"))
        assert list(empty.path.iterdir()) == []


def test_a_damaged_archive_leaves_the_home_as_it_was(filled, empty):
    assert empty.run("restore", str(filled.archive))[0] == 0
    before = empty.verify()
    broken = empty.path / "broken.tar"
    content = filled.archive.read_bytes()
    broken.write_bytes(flip(content, len(content) // 3))
    code, text = empty.run("restore", "--replace", str(broken))
    assert code == 1 and "abîmé" in text
    assert empty.verify() == before
    assert [path.name for path in empty.path.iterdir() if path.name.startswith(".restore")] == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    "field, value, words",
    [
        ("preau", "99.0.0", "Mettez d’abord Préau à jour"),
        ("migrations", [["people", "9999_from_the_future"]], "version plus récente"),
        ("engine", "another", "vient de another"),
    ],
)
def test_a_newer_or_foreign_archive_is_refused(filled, settings, field, value, words):
    settings.MIGRATION_MODULES = {}  # as on a base in use, even where tables are made from the models
    manifest = backup.read(filled.archive)
    manifest.engine = connection.vendor
    backup.check_fits(manifest)
    setattr(manifest, field, value)
    with pytest.raises(backup.Damaged, match=words):
        backup.check_fits(manifest)


@pytest.mark.parametrize("name", ["files/../../escape", "/etc/escape", "files//x", "files/./x"])
def test_a_name_that_leaves_the_folder_is_refused(tmp_path, name):
    path = tmp_path / "evil.tar"
    with tarfile.open(path, "w") as archive:
        backup._add_bytes(archive, name, b"x")
    with pytest.raises(backup.Damaged):
        backup.read(path, into=tmp_path / "in")
    assert not (tmp_path / "escape").exists()


OPEN = """
import datetime, django
django.setup()
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone
from preau.people import actions
from preau.people.models import Account, Person
now = timezone.now()
account = Account.objects.exclude(person=None).order_by("identifier").first()
session = SessionStore()
session["_auth_user_id"] = str(account.pk)
session.create()
actions.open_sign_in(account=account, session_key=session.session_key, way="password", device="", network=None, now=now)
for person in Person.objects.order_by("pk")[:2]:
    print(actions.issue_activation_codes(persons=[person], person=None, now=now)[person.pk])
"""
LIVING = """
import django, sys
django.setup()
from django.contrib.sessions.models import Session
from django.utils import timezone
from preau.people.models import SignIn
from preau.people.queries import code_of
print(Session.objects.count(), SignIn.objects.filter(ended_at=None).count())
print(sum(code_of(secret, timezone.now()) is not None for secret in sys.argv[1:]))
"""


def test_a_door_closed_since_the_backup_does_not_open_again(filled, empty, tmp_path):
    """A session ended and a sheet used after the backup; a move, with nothing since, keeps both."""
    source = forked(tmp_path / "source")
    assert source.run("restore", str(filled.archive))[0] == 0
    secrets, archive = source.python(OPEN), tmp_path / "open.tar"
    assert source.python(LIVING, *secrets) == ["1", "1", "2"]
    assert source.run("backup", str(archive))[0] == 0
    assert empty.run("restore", "--moving", str(archive))[0] == 0
    assert empty.verify() == source.verify() and empty.python(LIVING, *secrets) == ["1", "1", "2"]
    code, text = empty.run("restore", "--replace", str(archive))
    assert code == 0, text
    assert "Sessions fermées\u00a0: 1." in text and "Fiches de connexion annulées\u00a0: 2." in text
    assert empty.python(LIVING, *secrets) == ["0", "0", "0"]
    assert empty.verify(whole=False) == source.verify(whole=False) and empty.verify() != source.verify()


def test_an_erased_person_does_not_come_back(filled, empty):
    child, guardian = filled.ids
    assert empty.run("restore", str(filled.archive))[0] == 0
    assert empty.run("erase-person", child, "--yes")[0] == 0
    erased = empty.verify().splitlines()[1]
    code, text = empty.run("restore", "--replace", str(filled.archive))
    assert code == 0 and "effacées de nouveau\u00a0: 1" in text
    assert child.replace("-", "") not in dump(empty)
    assert guardian.replace("-", "") in dump(empty)
    assert empty.verify().splitlines()[1].split(",")[0] == erased.split(",")[0]


def test_a_list_of_the_erased_that_is_none_is_refused_before_anything_is_touched(filled, empty, tmp_path):
    letter = tmp_path / "letter.txt"
    letter.write_text("Chère collègue,\n")
    for wrong in (tmp_path / "nowhere.jsonl", tmp_path, letter, filled.archive):
        code, text = empty.run("restore", "--erased", str(wrong), str(filled.archive))
        assert code == 1 and "n’est pas une liste de personnes effacées" in text, text
        assert not empty.path.exists() or list(empty.path.iterdir()) == []


def test_a_path_that_cannot_be_is_told_in_a_sentence(filled, empty, tmp_path):
    for words, sentence in (
        (("backup", str(tmp_path / "nowhere" / "a.tar")), "le dossier"),
        (("backup", str(tmp_path)), "c’est un dossier"),
        (("restore", str(tmp_path)), "aucun fichier ne porte ce nom"),
        (("export-person", filled.ids[0], "--to", str(tmp_path / "nowhere" / "a.zip")), "rien ne porte ce nom"),
    ):
        code, text = filled.run(*words)
        assert code == 1 and sentence in text and "Errno" not in text and "Traceback" not in text, text


def test_a_home_without_a_base_is_told_in_a_sentence(tmp_path):
    empty = Home(tmp_path / "empty")
    for words, sentence in (
        (("backup", str(tmp_path / "a.tar")), f"rien à sauvegarder dans {empty.path}. Vérifiez PREAU_HOME."),
        (("usage", "--week", "2026-W47"), f"{empty.path}\u00a0: la base n’est pas à jour. Vérifiez PREAU_HOME"),
    ):
        code, text = empty.run(*words)
        assert code == 1 and sentence in text and "Traceback" not in text, text
    assert not (tmp_path / "a.tar").exists()


def test_a_server_that_does_not_answer_is_told_in_a_sentence(tmp_path):
    home = Home(tmp_path / "home", database="postgres://preau@127.0.0.1:1/preau")
    for words in (("verify",), ("migrate",), ("usage", "--week", "2026-W47")):
        code, text = home.run(*words)
        assert code == 1 and "La base ne répond pas" in text and "Traceback" not in text, text


def test_a_copy_of_the_list_erases_on_a_new_machine(filled, empty, tmp_path):
    other = forked(tmp_path / "other")
    child, _ = filled.ids
    assert empty.run("restore", str(filled.archive))[0] == 0
    assert empty.run("erase-person", child, "--yes")[0] == 0
    code, text = other.run("restore", "--erased", str(empty.path / "erased.jsonl"), str(filled.archive))
    assert code == 0 and "effacées de nouveau\u00a0: 1" in text
    # The list goes with the next archive.
    later = tmp_path / "later.tar"
    assert other.run("backup", str(later))[0] == 0
    assert "erased.jsonl" in [member.name for member in members(later)]


def dump(home):
    """Tables that speak of people, as text; journal lines and batches keep identifiers on purpose."""
    code = (
        "import django; django.setup()\n"
        "from preau.people.models import Person\n"
        "print(*[p.pk.hex for p in Person.objects.all()])"
    )
    return " ".join(home.python(code))


@pytest.mark.postgres
def test_backup_and_restore_on_postgresql(postgres_address, tmp_path, migrate):
    import psycopg

    bases = {}
    with psycopg.connect(postgres_address, autocommit=True) as connection:
        for name in ("backup_from", "backup_to"):
            connection.execute(f"DROP DATABASE IF EXISTS {name}")
            connection.execute(f"CREATE DATABASE {name}")
            bases[name] = postgres_address.rsplit("/", 1)[0] + f"/{name}"
    source = Home(tmp_path / "source", bases["backup_from"])
    migrate(source)
    source.python(FILL)
    archive = tmp_path / "pg.tar"
    writer = threading.Thread(target=source.python, args=(WRITE, "3"))
    writer.start()
    assert source.run("backup", str(tmp_path / "live.tar"))[0] == 0
    writer.join()
    assert source.run("backup", str(archive))[0] == 0
    target = Home(tmp_path / "target", bases["backup_to"])
    code, text = target.run("restore", str(archive))
    assert code == 0, text
    assert target.verify() == source.verify()
    code, text = target.run("restore", str(tmp_path / "live.tar"))
    assert code == 1 and "--replace" in text
    assert target.run("restore", "--replace", str(tmp_path / "live.tar"))[0] == 0
    target.verify()
