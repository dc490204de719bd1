"""What is joined to a lesson is read page by page on a shared tablet, and never saved there."""

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now

from preau.ent.homework import actions as homework
from preau.ent.homework.models import AssignmentFile, DueDay
from preau.media import documents
from preau.media.documents import NotADocument
from tests.ent.homework.acts import assign
from tests.ent.lessons.acts import at_home, open_lesson
from tests.ent.lessons.test_works import seated
from tests.media.test_documents import plain

pytestmark = pytest.mark.django_db
TO_DO = reverse("lessons:to_do")
PAGE = b"RIFF un dessin WEBP"


def body(answer):
    return answer.content.decode().replace("\xa0", " ")


@pytest.fixture
def joined(world):
    """A PDF of one page, of tomorrow's lesson."""
    return assign(world, files=[(documents.take(plain(), "loup.pdf"), "La fiche du loup")]).files.get()


@pytest.fixture
def drawn(joined, monkeypatch):
    monkeypatch.setattr("preau.media.documents.drawn", lambda content, count: (PAGE,) * count)
    homework.draw_files(now=now())
    joined.refresh_from_db()
    return joined


def pages_of(file):
    return [reverse(name, args=[file.pk]) for name in ("homework:assignment_file", "lessons:to_do_file")]


def test_it_opens_in_a_page_and_leaves_nothing(world, drawn, settings):
    file, shown = pages_of(drawn)
    lesson = open_lesson(world)
    for client in (seated(world, lesson, "child_adam")[1], at_home(world, "child_adam", lesson)):
        settings.FILES_ORIGIN = ""
        todo = body(client.get(TO_DO))
        assert f'href="{shown}"' in todo and file not in todo
        page = body(client.get(shown))
        assert 'src="?page=1"' in page and "La fiche du loup, page 1 sur 1" in page and "?page=2" not in page
        assert client.get(file).status_code == 302  # to the door: it is for accounts
        for settings.FILES_ORIGIN in ("", "https://fichiers.example.org"):
            image = client.get(f"{shown}?page=1")
            assert image.content == PAGE and image["Content-Type"] == "image/webp"
            assert image["Content-Disposition"].startswith("inline") and "no-store" in image["Cache-Control"]
        for wrong in ("2", "0", "", "loup", "../1"):
            assert client.get(shown, {"page": wrong}).status_code == 404
    other = seated(world, open_lesson(world, "head", "gs"), "child_two_one")[1]
    assert other.get(shown).status_code == other.get(f"{shown}?page=1").status_code == 404
    assert Client().get(shown).status_code in (302, 404)


def test_until_its_pages_are_drawn_an_adult_is_called(world, joined):
    _, shown = pages_of(joined)
    _, tablet = seated(world, open_lesson(world), "child_adam")
    page = body(tablet.get(shown))
    assert "Appelle un adulte" in page and 'src="?page=' not in page and joined.path not in page
    assert tablet.get(f"{shown}?page=1").status_code == 404


def test_it_is_drawn_once_when_its_lesson_is_to_come_and_short_enough(world, joined, monkeypatch):
    asked = []
    monkeypatch.setattr("preau.media.documents.drawn", lambda content, count: asked.append(count) or (PAGE,) * count)
    days = DueDay.objects.filter(assignment=joined.assignment_id)
    day = days.get().day
    days.update(day=world.before)
    assert homework.draw_files(now=now()) == 0  # of the past
    days.update(day=day)
    before = joined.weight
    assert homework.draw_files(now=now()) == 1 and homework.draw_files(now=now()) == 0 and asked == [1]
    joined.refresh_from_db()
    assert joined.drawn_count == 1 and joined.weight == before + len(PAGE) and joined.ready_at
    AssignmentFile.objects.update(drawn_count=None, pages_count=21)
    assert homework.draw_files(now=now()) == 1 and asked == [1]  # too long: never
    assert AssignmentFile.objects.get().drawn_count == 0


def test_one_that_cannot_be_drawn_is_not_tried_again(world, joined, monkeypatch):
    def fails(content, count):
        raise NotADocument("illisible")

    monkeypatch.setattr("preau.media.documents.drawn", fails)
    assert homework.draw_files(now=now()) == 1 and homework.draw_files(now=now()) == 0
    assert AssignmentFile.objects.get().drawn_count == 0 and AssignmentFile.objects.get().ready_at


def test_taken_out_its_pages_go_too(world, drawn, django_capture_on_commit_callbacks):
    paths = drawn.paths
    assert len(paths) == 2 and all(default_storage.exists(path) for path in paths)
    with django_capture_on_commit_callbacks(execute=True):
        homework.remove_file(person=world.people["teacher"], file=drawn, now=now())
    assert not any(default_storage.exists(path) for path in paths)
