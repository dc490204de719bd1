"""What a family's telephone really asks for, in Chromium, with the heaviest pictures (users.md §3.1)."""

import gzip

import pytest

from tests.browser import open_page
from tests.ent.posts.test_actions import NewPicture, images
from tests.ent.sites.test_weight import KB, built, sent
from tests.media import samples
from tests.web.test_today import HOME, say

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("built")]
__all__ = ["built"]


def weigh(page, addresses):
    """Bytes of what was asked: static files compressed as they leave, pages compressed, pictures as they are."""
    total = 0
    for address in {a.partition("#")[0] for a in addresses}:
        body = page.request.get(address).body()
        if address.startswith("/static/"):
            total += sent(address)
        else:
            total += len(body) if "/photos/" in address else len(gzip.compress(body))
    return total


def test_a_family_home_is_light_cold_and_warm(world, browser, live_server):
    heavy = images.draw_again(samples.encoded(samples.noise((1200, 900))), "a.jpg")
    for number in range(10):
        say(world, "cpb", f"{number} Nous avons mélangé les couleurs. " * 5, pictures=[NewPicture(heavy)] * 2)
    page = open_page(browser, live_server, "about:blank", width=360, account=world.account("guardian"))
    asked = []
    page.on("request", lambda request: asked.append(request.url.removeprefix(live_server.url)))
    page.goto(HOME)
    page.wait_for_load_state("networkidle")
    photos = [a for a in asked if "/photos/" in a]
    assert 1 <= len(photos) <= 8
    assert weigh(page, list(asked)) <= 120 * KB, asked
    assert weigh(page, [HOME]) <= 6 * KB
