"""The works of one session: as many as its page counts, whatever became of each, and the way to all works."""

import re

import pytest
from django.urls import reverse
from django.utils.timezone import now

from preau.ent.lessons import actions
from preau.ent.lessons.models import Goal, Work
from tests.ent.lessons.acts import open_lesson
from tests.ent.lessons.test_works import body, seated
from tests.ent.lessons.works import finish, keep

pytestmark = pytest.mark.django_db
LINE = re.compile(r'<li class="work">.*?href="([^"]+)"', re.S)


@pytest.fixture
def closed(world):
    """Two sessions of the CP B: of the second, one page waits, one is under way, one is shown, one was only begun."""
    teacher = {"person": world.people["teacher"], "now": now()}
    for words in ("Hier", "Aujourd’hui"):
        lesson = open_lesson(world)
        device, _ = seated(world, lesson, "child_adam")
        finish(device, keep(device, made=words).work)
        actions.say_finished(device=device, work=keep(device, made=f"{words}, en cours").work, is_done=False, now=now())
        actions.show_work(work=keep(device, made=f"{words}, pour tous", goal=Goal.CLASS).work, **teacher)
        keep(device, made="vide").work.parts.all().delete()
        actions.close_lesson(lesson=lesson, **teacher)
    return lesson


def test_it_shows_as_many_as_the_closed_session_says_and_no_other(world, client, closed, django_assert_max_num_queries):
    page = reverse("lessons:lesson_works", args=[closed.pk])
    ended = body(world.sign_in(client, "teacher").get(reverse("lessons:board", args=[closed.pk])))
    assert f'href="{page}">3\xa0travaux de cette séance' in ended
    with django_assert_max_num_queries(10):
        shown = body(client.get(page))
    assert "<h1>3\xa0travaux de cette séance</h1>" in shown and f"Séance de {closed.place}, " in shown
    assert len(LINE.findall(shown)) == 3 and "Hier" not in shown and "Montrée aux familles" in shown
    assert shown.count('class="look"') == 2  # of the third nothing is left here to look at
    assert reverse("lessons:works") in shown
    for address in LINE.findall(shown):
        assert f'href="{page}"' in body(client.get(address))  # and back
    for who, status in {"aesh": 403, "teacher_other_class": 404}.items():
        assert world.sign_in(client, who).get(page).status_code == status


def test_a_session_that_no_tablet_joined_says_so(world, client):
    lesson = open_lesson(world)
    actions.close_lesson(person=world.people["teacher"], lesson=lesson, now=now())
    ended = body(world.sign_in(client, "teacher").get(reverse("lessons:board", args=[lesson.pk])))
    assert "Aucune tablette n’y est entrée" in ended and "a oublié" not in ended and "travaux" not in ended
    shown = body(client.get(reverse("lessons:lesson_works", args=[lesson.pk])))
    assert "Aucun travail de cette séance" in shown and reverse("lessons:works") in shown


def test_after_one_page_the_next_of_the_session_waits_then_all(world, client, closed):
    device, _ = seated(world, lesson := open_lesson(world), "child_adam")
    for words in ("un", "deux"):
        finish(device, keep(device, made=words).work)
    actions.close_lesson(person=world.people["teacher"], lesson=lesson, now=now())
    places = [reverse("lessons:lesson_works", args=[lesson.pk]), reverse("lessons:works")]
    world.sign_in(client, "teacher")
    for work, place in zip(Work.objects.filter(lesson=lesson), places, strict=True):
        kept = client.post(reverse("lessons:work_keeping", args=[work.pk]), {"version": work.version})
        assert kept["Location"] == place


def test_those_to_read_over_are_never_hidden_by_those_under_way(world, client, closed, monkeypatch):
    """The list is cut: the home counts the first, who reads them over finds them."""
    monkeypatch.setattr("preau.ent.lessons.views.reading.MOST", 2)
    shown = body(world.sign_in(client, "teacher").get(reverse("lessons:works")))
    assert "2\xa0travaux à relire" in shown
    assert set(LINE.findall(shown)) == {
        reverse("lessons:work", args=[work.pk]) for work in Work.objects.filter(state=Work.State.FINISHED)
    }
