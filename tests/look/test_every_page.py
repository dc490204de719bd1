"""Each page that opens by its address, read by axe at two widths as one person of each audience."""

import os
import re

import pytest
from django.urls import reverse

from tests.browser import (
    AXE,
    NARROWEST,
    SHOWN,
    WIDTHS,
    assert_accessible,
    assert_no_sideways_scroll,
    faults_on_paper,
    faults_seen,
    new_page,
    session_cookie,
)
from tests.house.test_pages import routes
from tests.look import NOBODY, ROOMS
from tests.rights.samples import SAMPLES

pytestmark = [
    pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("no_holidays"),
]  # fmt: skip
# A list of the navigation lies over the page when it is open, and closes by itself.
OPEN_ALL = "document.querySelectorAll('main details:not(nav details)').forEach((each) => (each.open = true))"


@pytest.mark.parametrize("room", ROOMS)
def test_each_page_is_accessible(room, world, browser, live_server):
    scene, lines = ROOMS[room]
    given, cookies, wrong = scene(world), {}, []
    page = new_page(browser, live_server)  # one for all: a new one starts a process, and asks each file again
    page.add_init_script(AXE.axe_script)
    for template, route, actors in lines:
        path = path_of(world, given, route)
        for actor in actors.split():
            if actor not in cookies:
                cookies[actor] = cookies_of(actor, given, world, live_server)
            page.context.clear_cookies()
            page.context.add_cookies(cookies[actor])
            wrong += read(page, actor, path, template)
    assert not wrong, "\n".join(wrong)


def cookies_of(actor, given, world, live_server):
    """Of their session, or those that the scene gave to a tablet."""
    if tablet := given.get("cookies", {}).get(actor):
        return [{"name": name, "value": value, "url": live_server.url} for name, value in tablet.items()]
    return [] if actor == NOBODY else [session_cookie(live_server, world.account(actor))]


def path_of(world, given, route):
    """The address of a route, of a name the scene gave, or as it is written."""
    if route.startswith("/") or route in given:
        return given.get(route, route)
    ((path, name),) = [(path, name) for path, name, _ in routes() if name == route]
    names = re.findall(r"[<:](\w+)>", path)
    return reverse(name, kwargs={name: given[name] if name in given else SAMPLES[name](world) for name in names})


def read(page, actor, path, template):
    """What is wrong with one page, at each width."""
    SHOWN.clear()
    page.goto(path)
    wrong, names = [f"{template} as {actor} on paper: {fault}" for fault in faults_on_paper(page)], [template]
    page.evaluate(OPEN_ALL)
    if actor == NOBODY and page.locator("form[method=post]").count() == 0 and page.context.cookies():
        wrong.append(f"{template} sets a cookie on a visitor")
    for width in (*WIDTHS, NARROWEST):
        page.set_viewport_size({"width": width, "height": 800})
        try:
            if width == NARROWEST:
                assert_no_sideways_scroll(page)
            else:
                assert_accessible(page, *names)
                assert faults_seen(page) == []
        except AssertionError as problem:
            wrong.append(f"{template} as {actor} at {width} px: {problem}")
        names = []
    keep_pictures(page, f"{template.replace('/', '-').removesuffix('.html')}-{actor}")
    return wrong


def keep_pictures(page, name):
    """Pictures of the page for who wants to look: PREAU_LOOK=/tmp/somewhere."""
    if not (folder := os.environ.get("PREAU_LOOK")):
        return
    for width in (360, 768, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        page.screenshot(path=f"{folder}/{name}-{width}.png", full_page=True)
