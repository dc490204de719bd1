"""A card of the class that is no longer accepted: what it opened ends with it, what pictures opened goes on (T33)."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now

from preau.ent.lessons import actions
from preau.people import actions as people
from preau.people.middleware import PUPIL_COOKIE
from preau.people.models import Badge
from tests.ent.lessons.acts import enter, join, open_lesson
from tests.ent.lessons.test_works import body

pytestmark = pytest.mark.django_db
HOME, PULSE = reverse("lessons:home"), "/seance/pouls/"


@pytest.fixture
def lesson(world):
    return open_lesson(world, activity="page")


@pytest.fixture
def by_card(world, lesson):
    """Adam's tablet, in by his card."""
    teacher, adam, tablet = world.people["teacher"], world.people["child_adam"], Client()
    made = people.make_badges(pupils=[adam], kind=Badge.Kind.CLASS, person=teacher, now=now())
    device = join(lesson, tablet, accepted_by=teacher)
    device.refresh_from_db()
    _, tablet.cookies[PUPIL_COOKIE] = actions.enter_with_badge(device=device, token=made[adam.pk], now=now())
    assert tablet.get(HOME).status_code == 200 and body(tablet.get(PULSE)).split()[4] == "1"
    return tablet


def refuse(world, kind=Badge.Kind.CLASS):
    adam, teacher = world.people["child_adam"], world.people["teacher"]
    return people.end_badges(pupils=[adam], person=teacher, now=now(), kind=kind)


def test_who_is_in_with_it_is_out_at_once_and_the_board_says_so(world, lesson, by_card, client):
    board = reverse("lessons:board", args=[lesson.pk])
    assert "1 élève au travail" in body(world.sign_in(client, "teacher").get(board))
    assert refuse(world) == 1
    assert body(by_card.get(PULSE)).split()[4] == "0"  # its script then goes back to the class
    assert by_card.get(HOME).headers["Location"] == reverse("lessons:grid")
    assert "au travail" not in body(client.get(board))
    again = Client()
    enter(again, join(lesson, again, accepted_by=world.people["teacher"]), world.people["child_adam"])
    assert again.get(HOME).status_code == 200  # by his picture, on another tablet


def test_a_new_card_ends_what_the_former_one_opened(world, by_card):
    adam, teacher = world.people["child_adam"], world.people["teacher"]
    people.make_badges(pupils=[adam], kind=Badge.Kind.CLASS, person=teacher, now=now())
    assert by_card.get(HOME).status_code == 302


def test_neither_the_card_of_home_nor_pictures_are_concerned(world, lesson, by_card):
    refuse(world, Badge.Kind.HOME)
    assert by_card.get(HOME).status_code == 200
    lina, tablet = world.people["child_lina"], Client()
    enter(tablet, join(lesson, tablet, accepted_by=world.people["teacher"]), lina)
    people.end_badges(pupils=[lina], person=world.people["teacher"], now=now())
    assert tablet.get(HOME).status_code == 200
