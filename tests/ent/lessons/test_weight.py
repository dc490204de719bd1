"""Weights of a tablet's pages, on the bytes that a browser asks for (users.md 3.1)."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from tests.ent.lessons.acts import enter, join, open_lesson
from tests.ent.sites.test_weight import KB, built, sent, weigh  # noqa: F401

pytestmark = pytest.mark.once


@pytest.mark.parametrize("who, room, child", [("teacher", "cpb", "child_adam"), ("head", "gs", "child_two_one")])
def test_the_grid_and_the_home_of_a_pupil_are_light(world, who, room, child):
    tablet, lesson = Client(), open_lesson(world, who, room)
    device = join(lesson, tablet, accepted_by=world.people[who])
    warm, cold = weigh(tablet, reverse("lessons:grid"))
    assert warm <= 6 * KB and cold <= 80 * KB, (warm, cold)
    enter(tablet, device, world.people[child])
    warm, cold = weigh(tablet, reverse("lessons:home"))
    page = tablet.get(reverse("lessons:home")).content.decode()
    # Who does not read hears the prompt; other sounds come when they are asked for.
    cold += sent(re.search(r'data-say="([^"]+)"[^>]* data-first', page)[1])
    assert warm <= 8 * KB and cold <= 90 * KB, (warm, cold)
