"""What the session gives, and what is to do at home: read by its pupils while it lasts, said done by them."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.timezone import now

from preau.ent.homework.models import Done
from preau.ent.lessons import actions
from preau.ent.lessons.models import Lesson, LessonFile
from tests.ent.homework.acts import assign
from tests.ent.lessons.acts import open_lesson
from tests.ent.lessons.test_works import body, seated
from tests.media.test_documents import plain

pytestmark = pytest.mark.django_db
HOME, TO_DO = reverse("lessons:home"), reverse("lessons:to_do")


def sheet(name="Les fractions.pdf"):
    return SimpleUploadedFile(name, plain(), content_type="application/pdf")


def test_a_document_is_given_as_the_session_opens_and_goes_with_it(world, client):
    page = reverse("lessons:classroom_lesson", args=[world.classrooms["cpb"].pk])
    world.sign_in(client, "teacher").post(page, {"activity": "page", "title": "Lis", "files": [sheet()]})
    lesson, file = Lesson.objects.get(), LessonFile.objects.get()
    _, tablet = seated(world, lesson, "child_adam")
    given = reverse("lessons:given", args=[file.pk])
    assert "Les fractions" in body(tablet.get(HOME)) and tablet.get(given).content.startswith(b"%PDF")
    _, other = seated(world, open_lesson(world, "head", "gs"), "child_two_one")
    assert other.get(given).status_code == 404 == world.sign_in(client, "guardian").get(given).status_code
    following = reverse("lessons:activity", args=[lesson.pk])
    world.sign_in(client, "teacher").post(following, {"activity": "free", "files": [sheet("Les heures.pdf")]})
    assert "Les heures" in body(tablet.get(HOME)) and tablet.get(given).status_code == 404
    actions.close_lesson(person=world.people["teacher"], lesson=lesson, now=now())
    assert not LessonFile.objects.exists()


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
