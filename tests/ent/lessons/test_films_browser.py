"""In a browser: a video and the same in LSF on a tablet of a class of GS, by the keyboard, then as it was left."""

import pytest
from django.urls import reverse
from django.utils.timezone import now

from preau.ent.posts import actions as posts
from preau.ent.posts.models import Scope
from tests.browser import assert_no_sideways_scroll, new_page, targets_too_small
from tests.ent.lessons.acts import cookies_of, enter, join, open_lesson
from tests.rights.videos import both
from tests.world import add_child

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ORDER = "() => [...document.querySelectorAll('.film')].map((film) => film.id || 'video')"
PLACES = "() => [...document.querySelectorAll('.film')].map((film) => film.getBoundingClientRect())"
FOCUSED = "() => document.activeElement.innerText.trim()"


def test_the_one_in_lsf_comes_when_asked_and_changes_places_for_good(world, client, browser, live_server):
    said = {"place": world.classrooms["gs"], "scope": Scope.CLASS, "text": "La danse.", "now": now()}
    _, lsf = both(posts.publish_post(person=world.people["head"], **said))
    device = join(open_lesson(world, "head", "gs"), client, accepted_by=world.people["head"])
    enter(client, device, add_child(world, "small", "gs", "GS", []))
    page = new_page(browser, live_server, width=1280)
    page.context.add_cookies([{"name": n, "value": v, "url": live_server.url} for n, v in cookies_of(client).items()])
    asked = []
    page.on("request", lambda request: asked.append(request.url.removeprefix(live_server.url)))
    page.goto(reverse("lessons:wall"))
    page.wait_for_load_state("networkidle")
    image = reverse("posts:video_poster", args=[lsf.pk])
    assert image not in asked and not page.get_by_role("button", name="Changer de place").is_visible()
    with page.expect_request(f"**{image}"):  # its first image comes with it, not before
        page.get_by_role("link", name="En langue des signes").press("Enter")
    video, signs = page.evaluate(PLACES)
    assert signs["x"] > video["x"] and signs["width"] >= 1280 / 4  # beside; a quarter of the screen at least (rule 8)
    page.get_by_role("button", name="Changer de place").press("Enter")
    assert page.evaluate(ORDER) == ["lsf-1", "video"] and page.evaluate(FOCUSED) == "Changer de place"
    assert targets_too_small(page, 96) == []
    page.set_viewport_size({"width": 360, "height": 800})
    assert_no_sideways_scroll(page)
    page.reload()
    page.get_by_role("button", name="Changer de place").wait_for()
    assert page.evaluate(ORDER) == ["lsf-1", "video"]
    page.get_by_role("button", name="Changer de place").click()
    page.reload()
    page.get_by_role("button", name="Changer de place").wait_for()
    assert page.evaluate(ORDER) == ["video", "lsf-1"] and page.elsewhere == []
