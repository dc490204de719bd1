"""A tablet that others use too: what one leaves there, the next one does not find."""

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
