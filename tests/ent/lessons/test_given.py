"""What the session gives, and what is to do at home: read by its pupils while it lasts, said done by them."""

from functools import partial

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now

from preau.ent.homework.models import Done
from preau.ent.lessons import actions
from preau.ent.lessons.files import give_file
from preau.ent.lessons.models import Lesson, LessonFile
from preau.kit.answers import Conflict
from preau.media import documents
from preau.schools.models import PupilDisplay
from tests.ent.homework.acts import assign
from tests.ent.lessons.acts import join, open_lesson
from tests.ent.lessons.test_works import body, seated
from tests.ent.lessons.works import recorded
from tests.media.test_documents import plain

pytestmark = pytest.mark.django_db
VOICE, DRAWN = b"ID3" + bytes(200), "image/webp"
HOME, TO_DO, NOW = reverse("lessons:home"), reverse("lessons:to_do"), reverse("lessons:given_now")


def sheet(name="Les fractions.pdf"):
    return SimpleUploadedFile(name, plain(), content_type="application/pdf")


def test_a_document_is_given_as_the_session_opens_and_goes_with_it(world, client):
    page = reverse("lessons:classroom_lesson", args=[world.classrooms["cpb"].pk])
    world.sign_in(client, "teacher").post(page, {"activity": "page", "title": "Lis", "files": [sheet()]})
    lesson, file = Lesson.objects.get(), LessonFile.objects.get()
    _, tablet = seated(world, lesson, "child_adam")
    given = reverse("lessons:given", args=[file.pk])
    assert "Les fractions" in body(tablet.get(HOME)) and tablet.get(f"{given}?page=1")["Content-Type"] == DRAWN
    waits, free = Client(), Client()
    join(lesson, waits)
    join(lesson, free, accepted_by=world.people["teacher"])  # nobody is in: it fetches what is given before pupils come
    assert given in body(free.get(NOW)) and free.get(f"{given}?page=1")["Content-Type"] == DRAWN
    assert waits.get(given).status_code == 302 == waits.get(NOW).status_code
    _, other = seated(world, open_lesson(world, "head", "gs"), "child_two_one")
    assert given not in body(other.get(NOW))
    assert other.get(given).status_code == 404 and world.sign_in(client, "guardian").get(given).status_code == 302
    following = reverse("lessons:activity", args=[lesson.pk])
    world.sign_in(client, "teacher").post(following, {"activity": "free", "files": [sheet("Les heures.pdf")]})
    assert "Les heures" in body(tablet.get(HOME)) and tablet.get(given).status_code == 404
    actions.close_lesson(person=world.people["teacher"], lesson=lesson, now=now())
    assert not LessonFile.objects.exists()


def said():
    return SimpleUploadedFile("voix.webm", recorded().content, content_type="audio/webm")


def test_what_was_joined_is_asked_again_only_where_something_was(world, client):
    page, refused = reverse("lessons:classroom_lesson", args=[world.classrooms["cpb"].pk]), {"activity": "link"}
    answer = world.sign_in(client, "teacher").post(page, refused)
    assert answer.status_code == 422 and "joignez-les de nouveau" not in body(answer)
    assert "joignez-les de nouveau" in body(client.post(page, {**refused, "files": [sheet()]}))


def test_the_next_activity_begins_blank_and_one_refused_keeps_what_was_typed(world, client):
    lesson = open_lesson(world, activity="link", title="Raconte ta sortie", link="https://carte.example/eau")
    page = reverse("lessons:activity", args=[lesson.pk])
    blank = world.sign_in(client, "teacher").get(page)
    assert blank.context["form"]["activity"].value() == "free"
    assert "Raconte" not in body(blank) and "carte.example" not in body(blank)
    again = client.post(page, {"activity": "link", "title": "Cherche la Loire"})
    assert again.status_code == 422 and again.context["form"]["activity"].value() == "link"
    assert 'value="Cherche la Loire"' in body(again)


def test_a_consigne_said_aloud_is_heard_by_its_pupils_and_goes_with_its_activity(world, client, monkeypatch):
    monkeypatch.setattr("preau.media.voices.write_again", lambda content, most: (VOICE, 3))
    monkeypatch.setattr("preau.media.voices.programme", lambda: "ffmpeg")
    page = reverse("lessons:classroom_lesson", args=[world.classrooms["cpb"].pk])
    teacher = world.sign_in(client, "teacher")
    opened = teacher.post(page, {"activity": "page", "recording": said()})
    lesson, file = Lesson.objects.get(), LessonFile.objects.get()
    _, tablet = seated(world, lesson, "child_adam")
    given, pages = reverse("lessons:given", args=[file.pk]), (HOME, NOW, reverse("lessons:make"))
    assert lesson.given_number == 2  # its job is done: tablets read their page again
    ready = {"ready_at": file.ready_at}
    LessonFile.objects.update(ready_at=None)
    assert not any(given in body(tablet.get(each)) for each in pages)
    assert "En préparation" in body(teacher.get(opened["Location"]))
    LessonFile.objects.update(**ready)
    assert all(f'data-say="{given}"' in body(tablet.get(each)) for each in pages)
    assert tablet.get(given).content == VOICE and "La consigne dite" in body(teacher.get(opened["Location"]))
    _, other = seated(world, open_lesson(world, "head", "gs"), "child_two_one")
    assert other.get(given).status_code == 404 and Client().get(given).status_code == 302
    teacher.post(reverse("lessons:activity", args=[lesson.pk]), {"activity": "page", "title": "Dessine"})
    assert given not in body(tablet.get(HOME)) and tablet.get(given).status_code == 404
    assert not LessonFile.objects.exists()


@pytest.mark.parametrize("help_given", ("has_subtitles", "signs_first"))
def test_a_consigne_said_to_who_reads_what_is_said_is_written_too(world, help_given):
    teacher, lesson = world.people["teacher"], open_lesson(world)
    give = partial(actions.lead_lesson, person=teacher, lesson=lesson, now=now(), activity="page")
    PupilDisplay.objects.create(pupil=world.people["child_adam"], **{help_given: True})
    with pytest.raises(Conflict, match="Écrivez aussi la consigne"):
        give(recording=(recorded(), "Message vocal"))
    assert not LessonFile.objects.exists()
    give(recording=(recorded(), "Message vocal"), title="Dessine la ferme")
    assert LessonFile.objects.get().label == "Consigne"


def test_what_is_kept_for_a_cut_line_comes_from_this_origin(world, settings, monkeypatch):
    monkeypatch.setattr("preau.media.voices.write_again", lambda content, most: (VOICE, 3))
    monkeypatch.setattr("preau.media.voices.programme", lambda: "ffmpeg")
    pdf = (documents.take(plain(), "a.pdf"), "Les fractions")
    lesson = open_lesson(world, files=[pdf], recording=(recorded(), "Message vocal"))
    device, tablet = seated(world, lesson, "child_adam")
    assert [bool(give_file(device.pk, file.pk)) for file in LessonFile.objects.order_by("id")] == [False, True]
    sheet, voice = (reverse("lessons:given", args=[file.pk]) for file in LessonFile.objects.order_by("id"))
    settings.FILES_ORIGIN = "https://fichiers.example.org"
    assert tablet.get(voice)["Location"].startswith(settings.FILES_ORIGIN)
    kept, page = tablet.get(voice, headers={"x-part": "file"}), tablet.get(f"{sheet}?page=1")
    assert kept.content == VOICE and page["Content-Type"] == DRAWN  # a picture that we drew
    for each in (kept, page):
        assert "sandbox" in each["Content-Security-Policy"]
        assert each["Cross-Origin-Resource-Policy"] == "same-origin"


def test_a_pupil_says_done_what_is_for_tomorrow_and_nothing_of_another_class(world):
    due = assign(world).due_days.get()
    _, tablet = seated(world, open_lesson(world), "child_adam")
    assert TO_DO in body(tablet.get(HOME)) and due.assignment.text in body(tablet.get(TO_DO))
    done = reverse("lessons:to_do_done", args=[due.pk])
    tablet.post(done, {"is": "on"})
    assert Done.objects.get().pupil == world.people["child_adam"]
    tablet.post(done, {"is": "off"})
    assert not Done.objects.exists()
    _, other = seated(world, open_lesson(world, "head", "gs"), "child_two_one")
    assert TO_DO not in body(other.get(HOME)) and other.post(done, {"is": "on"}).status_code == 404
