"""The buttons of absences on small screens: below the names of the appel, never under the doors of a parent."""

import pytest
from django.urls import reverse

from tests.browser import open_page
from tests.ent.attendance.acts import call, missing

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("no_holidays")]


def test_a_low_screen_shows_names_above_the_button(world, browser, live_server):
    path = reverse("attendance:classroom_roll", args=[world.classrooms["cpb"].pk])
    page = open_page(browser, live_server, path, width=1024, account=world.account("teacher"))
    page.set_viewport_size({"width": 1024, "height": 600})
    first, bar = page.locator(".roll > li").first.bounding_box(), page.locator(".roll-done").bounding_box()
    assert first["y"] + 2 * first["height"] <= 600 - bar["height"], "two lines of names, when the bar is at the bottom"


@pytest.mark.parametrize("name", ["Je préviens", "Répondre"])
def test_no_button_hides_under_the_doors_of_a_parent(world, browser, live_server, name):
    """Both were held at the bottom of a telephone, one on the other."""
    path = reverse("attendance:tell")
    if name == "Répondre":
        call(world, "child_adam")
        path = reverse("attendance:explain", args=[missing(world).pk])
    page = open_page(browser, live_server, path, width=360, account=world.account("guardian"))
    page.set_viewport_size({"width": 360, "height": 440})
    button, doors = page.get_by_role("button", name=name), page.locator(".thumb").bounding_box()
    assert button.bounding_box()["y"] >= doors["y"] + doors["height"], "it is further down the page"
    page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    box = button.bounding_box()
    assert box["y"] + box["height"] <= doors["y"]
