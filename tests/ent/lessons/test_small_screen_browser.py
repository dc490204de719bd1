"""In a browser, on the smallest screens (users.md, rule 21): pictures are what one sees, the two calls are there."""

import pytest
from django.urls import reverse

from preau.schools.models import PupilDisplay
from tests.browser import assert_no_sideways_scroll, new_page
from tests.ent.lessons.acts import cookies_of, open_lesson
from tests.ent.lessons.test_given_back import give_back, made
from tests.ent.lessons.test_works import seated

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SCREENS = ((1024, 600), (1280, 800))
# How far down each call and picture goes; the least side of a drawing and of its tile; the largest round of a voice.
SEEN = """() => {
  const side = (e) => { const { width, height } = e.getBoundingClientRect(); return Math.min(width, height); };
  const all = (found) => [...document.querySelectorAll(found)];
  return {
    down: all('.calls form .hold, .tile').map((e) => e.getBoundingClientRect().bottom),
    drawing: Math.min(...all('.tile img').map(side)), tile: Math.min(...all('.tile').map(side)),
    ring: Math.max(...all('.tiles .speak').map((e) => {
      const ring = parseFloat(getComputedStyle(e, '::before').width);
      return ring || side(e);
    })),
  };
}"""
CLOSE = """() => [...document.querySelectorAll('body *')].filter((e) => e.checkVisibility() && e.innerText)
  .map((e) => [e, getComputedStyle(e)])
  .filter(([, { letterSpacing, fontSize }]) => !(parseFloat(letterSpacing) >= .1 * parseFloat(fontSize)))
  .map(([e]) => `${e.tagName} ${e.innerText.slice(0, 30)}`)"""


@pytest.mark.parametrize("is_back", [False, True], ids=["", "a page was given back"])
def test_pictures_are_large_and_the_calls_are_on_the_screen(world, browser, live_server, is_back):
    """Of who reads in spaced letters, and of who does not read."""
    PupilDisplay.objects.create(pupil=world.people["child_adam"], is_spaced=True)
    for place, who, child in (("cpb", "teacher", "child_adam"), ("gs", "head", "child_two_one")):
        lesson = open_lesson(world, who, place, activity="page", title="Dessine ta cabane")
        device, client = seated(world, lesson, child)
        if is_back:
            give_back(world, made(device), who)
        page = new_page(browser, live_server)
        page.context.add_cookies(
            [{"name": n, "value": v, "url": live_server.url} for n, v in cookies_of(client).items()]
        )
        for width, height in SCREENS:
            page.set_viewport_size({"width": width, "height": height})
            page.goto(live_server.url + reverse("lessons:home"))
            assert page.locator(".came-back").count() == is_back
            page.locator(".given [data-unvoiced] .speak").wait_for()  # no voice here: whom to ask is heard
            assert page.locator(".given [data-listen]").is_hidden()
            seen = page.evaluate(SEEN)
            assert len(seen["down"]) == 8 and max(seen["down"]) <= height, (who, height, seen)
            assert seen["drawing"] >= 56 and seen["tile"] >= 96 and seen["drawing"] > seen["ring"], (who, height, seen)
            assert_no_sideways_scroll(page)
        assert page.evaluate(CLOSE) == [] or child == "child_two_one"
