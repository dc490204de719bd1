"""A tablet without JavaScript tells nothing: it is not said cut, nor awaited; its last page stays, and that is told."""

import datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now

from preau.ent.lessons import actions
from preau.ent.lessons.models import AwaitedDevice, Device
from tests.ent.lessons.acts import enter, open_lesson

pytestmark = pytest.mark.django_db
LONG = datetime.timedelta(minutes=2)


def body(answer):
    return " ".join(answer.content.decode().split())


def joined(world, lesson, child, **script):
    """As the page of the tablet sends it, with what its script adds."""
    tablet = Client()
    tablet.post(reverse("lessons:join"), {"code": lesson.code} | script)
    device = Device.objects.order_by("-number").first()
    actions.accept_devices(person=world.people["teacher"], lesson=lesson, numbers=[device.number], now=now())
    return enter(tablet, device, world.people[child]), device


def test_what_is_said_of_it_is_true(world, client):
    lesson = open_lesson(world)
    joined(world, lesson, "child_adam")
    _, other = joined(world, lesson, "child_lina", script="1")
    Device.objects.update(seen_at=now() - LONG)
    teacher, board = world.sign_in(client, "teacher"), reverse("lessons:board", args=[lesson.pk])
    page = body(teacher.get(board))
    assert page.count("Sans JavaScript") == 1 and page.count(">Pas de réseau<") == 1 and page.count(">Au travail<") == 1
    closing = reverse("lessons:closing", args=[lesson.pk])
    asked = body(teacher.post(closing))
    assert "tablette 2" in asked and "tablette 1" not in asked  # the question is about who has a line to lose
    page = body(teacher.post(closing, {"sure": "1"}, follow=True))
    assert "La tablette 1 est sans JavaScript" in page and "jusqu’à ce qu’on la touche" in page
    assert AwaitedDevice.objects.get().number == other.number


def test_one_that_tells_something_has_a_script_whatever_its_first_page_sent(world):
    tablet, device = joined(world, open_lesson(world), "child_adam")
    tablet.post(reverse("lessons:news"), {"kept": 1})
    device.refresh_from_db()
    assert device.has_script and device.kept_count == 1


def test_a_tablet_known_to_the_school_says_it_too(world):
    first = open_lesson(world)
    tablet, _ = joined(world, first, "child_adam", script="1")
    actions.close_lesson(person=world.people["teacher"], lesson=first, now=now())
    tablet.get(reverse("lessons:over"))
    second = open_lesson(world)
    tablet.post(reverse("lessons:join"), {"lesson": second.pk, "script": "1"})
    assert second.devices.get().has_script


def test_several_are_told_together(world, client):
    lesson = open_lesson(world)
    for child in ("child_adam", "child_lina"):
        joined(world, lesson, child)
    page = body(world.sign_in(client, "teacher").post(reverse("lessons:closing", args=[lesson.pk]), follow=True))
    assert "Les tablettes 1, 2 sont sans JavaScript" in page and "n’a pas répondu" not in page
