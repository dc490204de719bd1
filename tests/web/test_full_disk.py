"""T18: a full disk is said to the person, who keeps her text; what was written before is still read."""

import errno
import sqlite3
from contextlib import contextmanager

import pytest
from django.core.files.storage import FileSystemStorage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError, connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from preau.ent.posts.models import Post
from preau.kit import pauses
from preau.people import sessions
from tests.media import samples
from tests.people.door import sign_in

pytestmark = pytest.mark.django_db
HOST = "http://testserver"
TEXT = ("Nous avons planté des radis. " + "Ils poussent au soleil. " * 180).strip()


class SaidByTheBase(Exception):
    """With the code of SQLite, or the state of PostgreSQL (« disk_full »)."""

    def __init__(self, **codes):
        self.__dict__.update(codes)


FULL = {
    "sqlite": SaidByTheBase(sqlite_errorcode=sqlite3.SQLITE_FULL), "postgresql": SaidByTheBase(sqlstate="53100"),
}  # fmt: skip


@contextmanager
def no_room_left():
    """Each write raises what the base says then."""

    def refuse(execute, sql, *rest):
        if sql.startswith(("INSERT", "UPDATE")):
            raise OperationalError("database or disk is full") from FULL[connection.vendor]
        return execute(sql, *rest)

    with connection.execute_wrapper(refuse):
        yield


def client_of(world, name="teacher"):
    return world.sign_in(Client(raise_request_exception=False), name)


def test_a_text_sent_on_a_full_disk_comes_back_and_pages_are_still_read(world):
    client, count = client_of(world), Post.objects.count()
    where = reverse("posts:classroom_publish", args=[world.classrooms["cpb"].pk])
    data = {"text": TEXT, "scope": "class", "csrfmiddlewaretoken": "jeton-envoyé"}
    with no_room_left():
        answer = client.post(where, data, headers={"origin": HOST})
        assert client.get("/aujourdhui/").status_code == 200
    assert answer.status_code == 507 and "Le disque du serveur est plein" in answer.text
    assert f'name="text" value="{TEXT}"' in answer.text and "Envoyer de nouveau" in answer.text
    assert "Refresh" not in answer and Post.objects.count() == count
    assert client.post(where, data, headers={"origin": HOST}).status_code == 302 and Post.objects.count() == count + 1


def test_who_enters_on_a_full_disk_is_told_why(world):
    identifier = world.account("teacher").identifier
    with no_room_left():
        page = sign_in(Client(), identifier).text
    assert "Le disque du serveur est plein" in page and "Réessayez dans une minute" not in page


def test_a_disk_of_files_that_is_full_says_so_too(world, monkeypatch):
    def full(*args, **kwargs):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(FileSystemStorage, "_save", full)
    photo = SimpleUploadedFile("a.jpg", samples.encoded(samples.drawing((64, 64)), "JPEG"))
    where = reverse("posts:classroom_publish", args=[world.classrooms["cpb"].pk])
    answer = client_of(world).post(
        where,
        {"text": TEXT, "scope": "class", "pictures": photo, "alt1": "Un rond.", "no_child": "on"},
        headers={"origin": HOST},
    )
    assert answer.status_code == 507 and "choisissez vos fichiers" in answer.text and TEXT in answer.text


def test_a_page_that_is_ready_is_given_though_its_reading_cannot_be_noted(world, monkeypatch):
    client = client_of(world)
    session = client.session
    session[sessions.STAMP] = {**session[sessions.STAMP], "seen": timezone.now().timestamp() - 600}
    session.save()

    def full(**kwargs):
        raise OperationalError from FULL["postgresql"]

    monkeypatch.setattr(sessions.actions, "touch_sign_in", full)
    assert client.get("/aujourdhui/").status_code == 200


def test_what_is_a_full_disk():
    assert pauses.is_full(OSError(errno.EDQUOT, "quota")) and not pauses.is_full(OSError(errno.EACCES, "no"))
    assert not pauses.is_full(None) and not pauses.is_full(OperationalError("x")) and not pauses.is_full(ValueError())
