"""A session says whose it is in right French, and no more of a word than is still told."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now

from preau.ent.posts import actions as posts
from preau.spaces import actions as spaces
from tests.ent.lessons.acts import enter, join, mixed, open_lesson
from tests.ent.lessons.test_words import FIRST, told
from tests.ent.lessons.works import finish, keep

pytestmark = pytest.mark.django_db
GONE = "Ce mot n’est plus montré aux élèves"


def body(answer):
    return " ".join(answer.content.decode().split())


def test_of_a_dispositif_as_one_says_it(world, client):
    world.groups["ulis"].name = "ULIS"
    world.groups["ulis"].save()
    lesson = open_lesson(world, "head", "ulis")
    head, board = world.sign_in(client, "head"), reverse("lessons:board", args=[lesson.pk])
    page = body(head.get(board))
    assert "Séance d’ULIS, jusqu’à" in page and "<title>Séance d’ULIS" in page and "de ULIS" not in page
    assert "Séance d’ULIS" in body(head.get(reverse("lessons:lesson_works", args=[lesson.pk])))


@pytest.mark.parametrize("place, child, goes", [("mixed", "child_adam", "pour le groupe"),
                                                ("ulis", "child_ulis", "pour le dispositif"),
                                                ("cpb", "child_adam", "pour la classe")])  # fmt: skip
def test_what_goes_to_all_goes_to_those_of_the_session(
    world, client, place, child, goes, django_assert_max_num_queries
):
    mixed(world)
    lesson, tablet, head = open_lesson(world, "head", place), Client(), world.people["head"]
    device = join(lesson, tablet, accepted_by=head)
    enter(tablet, device, world.people[child])
    work = finish(device, keep(device, goal="class", made="Une cabane").work)
    head = world.sign_in(client, "head")
    with django_assert_max_num_queries(10):
        assert f"Texte, {goes}" in body(head.get(reverse("lessons:board", args=[lesson.pk])))
    assert f'<span class="chip">{goes.capitalize()}</span>' in body(head.get(reverse("lessons:work", args=[work.pk])))


def test_the_board_says_that_the_word_is_no_longer_told(world, client, django_assert_max_num_queries):
    word, teacher = told(world, FIRST), world.people["teacher"]
    lesson = open_lesson(world, activity="word", word=str(word.pk))
    page, client = reverse("lessons:board", args=[lesson.pk]), world.sign_in(client, "teacher")
    with django_assert_max_num_queries(10):
        assert GONE not in body(client.get(page))
    place, head = world.classrooms["cpb"], world.people["head"]
    stop = spaces.stop_place(person=head, place=place, readers=["pupils"], why="check", now=now())[0]
    assert GONE in body(client.get(page))
    spaces.start_again(person=head, stop=stop, now=now())
    assert GONE not in body(client.get(page))
    posts.withdraw_post(person=teacher, post=word, now=now())
    shown = body(client.get(page, headers={"x-part": "board"}))
    assert GONE in shown and reverse("lessons:activity", args=[lesson.pk]) in shown
