"""A tablet that others use too: what one leaves there, the next one does not find."""

import uuid

import pytest
from django.test import Client
from django.urls import reverse

from tests.ent.lessons.acts import enter, join, open_lesson

pytestmark = pytest.mark.django_db
GRID, GIVEN, HOME = (reverse(f"lessons:{name}") for name in ("grid", "given_now", "home"))


def test_no_page_of_a_tablet_is_kept_by_its_browser(world):
    """« Précédent », or a browser that is opened again, shows no class once its session is over."""
    lesson, tablet, adam = open_lesson(world), Client(), world.people["child_adam"]
    device = join(lesson, tablet, accepted_by=world.people["teacher"])
    for page in (GRID, reverse("lessons:pupil", args=[adam.pk]), GIVEN):
        assert tablet.get(page).headers.get("Cache-Control") == "no-store", page
    enter(tablet, device, adam)
    assert tablet.get(HOME).headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(("tool", "asks"), [("dessin", "Dessine avec ton doigt"), ("voix", "Touche le rond rouge")])
def test_nothing_made_is_asked_again_in_a_sentence(world, tool, asks):
    """« Garder » pressed on a blank sheet, in a browser without script."""
    tablet, adam = Client(raise_request_exception=False), world.people["child_adam"]
    enter(tablet, join(open_lesson(world), tablet, accepted_by=world.people["teacher"]), adam)
    answer = tablet.post(reverse("lessons:tool", args=[uuid.uuid4(), tool]), {"part_id": uuid.uuid4(), "made": ""})
    assert answer.status_code == 422 and asks in answer.content.decode()


def test_a_number_of_any_length_is_a_number_of_nothing(world, client):
    lesson, teacher = open_lesson(world), world.sign_in(client, "teacher")
    join(lesson, Client())
    for number in ("9" * 30, "9" * 5000):
        answer = teacher.post(reverse("lessons:acceptance", args=[lesson.pk]), {"number": [number]})
        assert answer.status_code == 302 and lesson.devices.get().accepted_at is None
