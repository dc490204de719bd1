"""The appel on a low screen, as of a small laptop: names above the button that ends it."""

import pytest
from django.urls import reverse

from tests.browser import open_page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("no_holidays")]


def test_a_low_screen_shows_names_above_the_button(world, browser, live_server):
    path = reverse("attendance:classroom_roll", args=[world.classrooms["cpb"].pk])
    page = open_page(browser, live_server, path, width=1024, account=world.account("teacher"))
    page.set_viewport_size({"width": 1024, "height": 600})
    first, bar = page.locator(".roll > li").first.bounding_box(), page.locator(".roll-done").bounding_box()
    assert first["y"] + 2 * first["height"] <= 600 - bar["height"], "two lines of names, when the bar is at the bottom"
