"""What a teacher said aloud to her pupils: heard again on her board, said anew or taken back while they go on."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now

from preau.ent.lessons import actions, files
from preau.ent.lessons.models import Device, Lesson, LessonFile
from preau.kit.answers import Refused
from preau.schools.models import PupilDisplay
from tests.ent.lessons.acts import open_lesson
from tests.ent.lessons.test_works import MAKE, body, seated
from tests.ent.lessons.works import keep, recorded
from tests.media.test_documents import plain

pytestmark = pytest.mark.django_db
VOICE, FORMER = b"ID3" + bytes(200), "Dessine la ferme"
HOME = reverse("lessons:home")


@pytest.fixture
def told(world, monkeypatch):
    """A session whose teacher wrote and said what is to be done, with a sheet: (it, the address of her voice)."""
    monkeypatch.setattr("preau.media.voices.write_again", lambda content, most: (VOICE, 3))
    monkeypatch.setattr("preau.media.voices.programme", lambda: "ffmpeg")
    opened = world.sign_in(Client(), "teacher").post(
        reverse("lessons:classroom_lesson", args=[world.classrooms["cpb"].pk]),
        {"activity": "page", "title": FORMER, "recording": said(), "files": [sheet()]},
    )
    return Lesson.objects.get(), opened["Location"]


def said():
    return SimpleUploadedFile("voix.webm", recorded().content, content_type="audio/webm")


def sheet():
    return SimpleUploadedFile("La fiche.pdf", plain(), content_type="application/pdf")


def address():
    return reverse("lessons:lesson_file", args=[LessonFile.objects.get(kind=LessonFile.Kind.VOICE).pk])


def test_the_board_lets_her_hear_what_she_said_and_read_what_she_gave(world, told, django_assert_max_num_queries):
    _, board = told
    teacher, aesh = (world.sign_in(Client(), who) for who in ("teacher", "aesh"))
    teacher.get(board)  # what a process keeps is read once
    with django_assert_max_num_queries(10):
        html = body(teacher.get(board))
    assert f'<audio controls preload="none" src="{address()}"' in html and FORMER in html and "La fiche" in html
    assert teacher.get(address()).content == VOICE == aesh.get(address()).content
    paper = LessonFile.objects.get(kind=LessonFile.Kind.PDF)
    assert teacher.get(reverse("lessons:lesson_file", args=[paper.pk])).content.startswith(b"%PDF")
    html = body(aesh.get(board))
    assert address() in html and "Retirer la voix" not in html and "Changer la consigne" not in html
    for other in ("teacher_other_class", "guardian", "head_other_school", "pupil_cm2"):
        assert world.sign_in(Client(), other).get(address()).status_code == 404, other
    LessonFile.objects.update(ready_at=None)
    assert teacher.get(address()).status_code == 404 and "En préparation" in body(teacher.get(board))


def test_its_own_host_gives_a_voice_to_the_same_people(world, told):
    lesson, _ = told
    device, _ = seated(world, lesson, "child_adam")
    voice = LessonFile.objects.get(kind=LessonFile.Kind.VOICE)
    had = {
        who: files.give_file(world.people[who].pk, voice.pk) for who in ("teacher", "aesh", "guardian", "child_adam")
    }
    assert had["teacher"] and had["aesh"] and not had["guardian"] and not had["child_adam"]
    assert files.give_file(device.pk, voice.pk)
    Device.objects.update(accepted_at=None, pupil=None, entry=None, entered_at=None)
    assert not files.give_file(device.pk, voice.pk)


def test_she_says_it_anew_and_nothing_else_of_the_activity_moves(world, told):
    lesson, board = told
    teacher, (device, tablet) = world.sign_in(Client(), "teacher"), seated(world, lesson, "child_adam")
    actions.say_done(device=device, is_done=True, now=now())
    begun = keep(device).work
    page, former, number = reverse("lessons:instruction", args=[lesson.pk]), address(), lesson.given_number
    shown = body(teacher.get(page))
    assert f'src="{former}"' in shown and FORMER in shown
    assert teacher.post(page, {"title": "Dessine la mare", "recording": said()})["Location"] == board
    assert address() != former and teacher.get(former).status_code == 404
    lesson.refresh_from_db()
    device.refresh_from_db()
    begun.refresh_from_db()
    assert lesson.given_number == number + 2 and device.done_at  # its words, then its voice once it is ready
    assert begun.title == "Dessine la mare" in body(tablet.get(f"{MAKE}?page={begun.pk}"))
    assert "La fiche" in body(tablet.get(HOME)) and "Dessine la mare" in body(tablet.get(HOME))
    kept = address()
    teacher.post(page, {"title": "Dessine la mare aux canards"})  # its words alone
    assert address() == kept and "canards" in body(teacher.get(board))


def test_it_is_taken_back_in_one_act_and_only_once(world, told):
    lesson, board = told
    teacher, (_, tablet) = world.sign_in(Client(), "teacher"), seated(world, lesson, "child_adam")
    page, number = reverse("lessons:instruction", args=[lesson.pk]), Lesson.objects.get().given_number
    assert f'action="{page}"' in body(teacher.get(board))
    assert "La consigne dite est retirée." in body(teacher.post(page, {"is": "off"}, follow=True))
    assert [file.kind for file in LessonFile.objects.all()] == [LessonFile.Kind.PDF]
    assert Lesson.objects.get().given_number == number + 1 and "Consigne" not in body(tablet.get(HOME))
    assert FORMER in body(tablet.get(HOME))
    assert "La consigne dite est déjà retirée." in body(teacher.post(page, {"is": "off"}, follow=True))


def test_words_are_asked_where_a_pupil_reads_what_is_said_and_an_aesh_changes_nothing(world, told):
    lesson, _ = told
    page = reverse("lessons:instruction", args=[lesson.pk])
    PupilDisplay.objects.create(pupil=world.people["child_adam"], has_subtitles=True)
    answer = world.sign_in(Client(), "teacher").post(page, {"title": " "})
    assert answer.status_code == 422 and "Écrivez aussi la consigne" in body(answer)
    assert "joignez-les de nouveau" not in body(answer)
    answer = world.sign_in(Client(), "teacher").post(page, {"title": " ", "recording": said()})
    assert answer.status_code == 422 and "joignez-les de nouveau" in body(answer)  # her voice is not kept
    assert Lesson.objects.get().title == FORMER
    assert world.sign_in(Client(), "aesh").post(page, {"is": "off"}).status_code == 403
    assert world.sign_in(Client(), "teacher_other_class").get(page).status_code == 404
    with pytest.raises(Refused):
        actions.take_voice_back(person=world.people["aesh"], lesson=lesson, now=now())
    assert LessonFile.objects.count() == 2
    bare = open_lesson(world, "head", "gs")
    assert "Retirer la voix" not in body(world.sign_in(Client(), "head").get(reverse("lessons:board", args=[bare.pk])))
