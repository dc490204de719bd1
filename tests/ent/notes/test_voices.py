"""A voice in a mot or an answer: in preparation, then heard; too long, told and asked again; not offered without
ffmpeg."""

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now

from preau.ent.notes import actions, queries, tasks
from preau.ent.notes.models import Answer, AnswerFile, NoteFile
from preau.media import voices
from preau.media.documents import NotADocument
from tests.ent.notes.acts import send
from tests.media.test_voices import sound

pytestmark = pytest.mark.django_db

RAW = b"\x1aE\xdf\xa3" + b"0" * 300
HEARD = (b"\xff\xf3" + bytes(12_000), 2)


@pytest.fixture(autouse=True)
def queued(monkeypatch):
    """The job waits for `settle`: it would be done at once here."""
    monkeypatch.setattr("preau.media.actions.files.enqueue", lambda *words: None)


@pytest.fixture
def ffmpeg(monkeypatch):
    """What writes a voice again, or refuses it, to be changed."""
    said = {"refuses": "", "is_there": True}

    def write_again(content, most_seconds):
        assert content == RAW
        if said["refuses"]:
            raise NotADocument(said["refuses"])
        return HEARD

    monkeypatch.setattr(voices, "write_again", write_again)
    monkeypatch.setattr(voices, "programme", lambda: "/usr/bin/ffmpeg" if said["is_there"] else None)
    return said


@pytest.fixture
def asked(world):
    return send(world, nature="text", title="Atelier", text="Que voulez-vous faire ?")


def post(world, client, note, *, text="", who="guardian", content=RAW):
    url = reverse("notes:answer_create", args=[note.pk, world.people["child_adam"].pk])
    voice = {"recording": SimpleUploadedFile("voix.webm", content)} if content else {}
    return world.sign_in(client, who).post(url, {"version": 1, "text": text} | voice)


def page(world, client, note, who="guardian"):
    return world.sign_in(client, who).get(reverse("notes:note_detail", args=[note.pk])).content.decode()


def settle():
    file = AnswerFile.objects.get()
    return tasks.settle_file.func(file._meta.label, str(file.pk))


def test_a_voice_is_in_preparation_then_heard_by_the_school_and_no_other_parent(
    world, client, asked, ffmpeg, django_capture_on_commit_callbacks
):
    assert post(world, client, asked).status_code == 302
    file = AnswerFile.objects.get()
    address = reverse("notes:answer_file", args=[file.pk])
    assert "En préparation" in page(world, client, asked) and client.get(address).status_code == 404
    with django_capture_on_commit_callbacks(execute=True):
        assert settle() and not settle()
    file.refresh_from_db()
    assert (file.seconds_count, file.weight) == (2, len(HEARD[0]))
    assert default_storage.exists(file.path) and not default_storage.exists(file.raw_path)  # what was sent is gone
    assert f'<audio controls preload="none" src="{address}"' in page(world, client, asked)
    follow = world.sign_in(client, "teacher").get(reverse("notes:note_follow", args=[asked.pk])).content.decode()
    assert address in follow and "Message vocal, 2\u00a0secondes" in follow
    given = client.get(address)
    assert given["Content-Type"] == "audio/mpeg" and given["Content-Disposition"].startswith("inline")
    assert str(file.pk) not in page(world, client, asked, "guardian_coparent")
    assert client.get(address).status_code == 404


def test_a_player_is_given_the_part_it_asks(world, client, asked, ffmpeg):
    post(world, client, asked)
    settle()
    address = reverse("notes:answer_file", args=[AnswerFile.objects.get().pk])
    whole = HEARD[0]
    for asked_for, status, got, told in (
        ("bytes=0-1", 206, whole[:2], f"bytes 0-1/{len(whole)}"),
        ("bytes=12000-", 206, whole[12000:], f"bytes 12000-12001/{len(whole)}"),
        ("bytes=-2", 206, whole[-2:], f"bytes 12000-12001/{len(whole)}"),
        ("bytes=99999-", 416, b"", f"bytes */{len(whole)}"),
        ("bytes=0-1,4-5", 200, whole, None),
        (f"bytes={'9' * 5000}-", 200, whole, None),
    ):
        given = client.get(address, headers={"range": asked_for})
        assert (given.status_code, given.content, given.get("Content-Range")) == (status, got, told), asked_for


def test_a_voice_that_is_too_long_is_told_and_asked_again(
    world, client, asked, ffmpeg, django_capture_on_commit_callbacks
):
    ffmpeg["refuses"] = voices.TOO_LONG
    post(world, client, asked)
    file = AnswerFile.objects.get()
    with django_capture_on_commit_callbacks(execute=True):
        assert settle()
    told = page(world, client, asked)
    assert "plus de 60\u00a0secondes" in told and "Changer ma réponse" not in told
    assert not default_storage.exists(file.raw_path)
    assert queries.follow_up(asked, asked.targets.all(), now().date()).answered_count == 0
    assert post(world, client, asked, text="Du dessin", content=b"").status_code == 302
    assert not AnswerFile.objects.exists() and "Du dessin" in page(world, client, asked)


def test_words_beside_a_voice_that_is_refused_stay_an_answer(world, client, asked, ffmpeg):
    ffmpeg["refuses"] = voices.UNREADABLE
    post(world, client, asked, text="Du dessin")
    settle()
    assert Answer.objects.get().version and "Du dessin" in page(world, client, asked)


def test_an_author_joins_a_voice(world, client, ffmpeg):
    url = reverse("notes:classroom_write", args=[world.classrooms["cpb"].pk])
    said = {"title": "Bonjour", "text": "Écoutez.", "nature": "see", "recording": SimpleUploadedFile("voix.webm", RAW)}
    assert world.sign_in(client, "teacher").post(url, said).status_code == 302
    file = NoteFile.objects.get()
    assert "En préparation" in page(world, client, file.note, "teacher")
    assert "<audio" not in page(world, client, file.note)
    assert actions.settle_files(now=now()) == 1  # its job ended half-way: the regular one takes it
    assert "<audio" in page(world, client, file.note)


def test_without_ffmpeg_no_voice_is_offered_and_one_that_waits_goes_on_waiting(world, client, asked, ffmpeg):
    assert 'name="recording"' in page(world, client, asked)
    post(world, client, asked)
    ffmpeg["is_there"] = False
    assert not settle() and "En préparation" in page(world, client, asked)
    assert 'name="recording"' not in page(world, client, asked, "guardian_coparent")
    write = reverse("notes:classroom_write", args=[world.classrooms["cpb"].pk])
    assert 'name="recording"' not in world.sign_in(Client(), "teacher").get(write).content.decode()
    assert (
        "ni la voix ni la vidéo ne sont proposées"
        in world.sign_in(Client(), "operator").get(reverse("base")).content.decode()
    )


@pytest.mark.apart
@pytest.mark.ffmpeg
def test_a_real_recording_goes_from_a_guardian_to_the_school(world, client, asked):
    post(world, client, asked, content=sound("webm"))
    assert settle()
    given = world.sign_in(client, "teacher").get(reverse("notes:answer_file", args=[AnswerFile.objects.get().pk]))
    assert given.status_code == 200 and given.content[:1] == b"\xff"
