"""The base page in a real browser."""

import pytest
from django.utils.timezone import now

from preau.demo.plan_world import build_poitiers
from tests.browser import WIDTHS, assert_accessible, assert_no_sideways_scroll, open_page, targets_too_small

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("width", WIDTHS)
def test_what_one_reads_when_it_breaks(browser, live_server, settings, width):
    settings.ROOT_URLCONF = "tests.web.urls_broken"
    page = open_page(browser, live_server, "/illisible/", width=width)
    assert_accessible(page, "web/errors/400.html")
    page.goto("/casse/")
    assert_accessible(page, "web/errors/500.html")
    page.goto("/conflit/")
    assert_accessible(page, "web/errors/409.html")
    page.goto("/lourd/")
    assert_accessible(page, "web/errors/body.html")
    page.goto("/absente/")
    assert_accessible(page, "web/errors/503.html")
    page.goto("/entrer/")
    page.context.clear_cookies()
    page.locator("main form button").first.click()
    page.wait_for_load_state()
    assert_accessible(page, "web/errors/csrf.html")
    assert targets_too_small(page) == []


def test_what_is_too_small_to_touch_is_found_on_any_page(browser, live_server):
    page = open_page(browser, live_server, "/entrer/")
    assert_accessible(page)
    page.evaluate("document.querySelector('main button').style.cssText = 'min-height: 0; height: 20px; padding: 0'")
    with pytest.raises(AssertionError, match="under 24 px"):
        assert_accessible(page)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("theme", ["", "night"])
def test_the_signed_in_page(browser, live_server, world, width, theme):
    page = open_page(browser, live_server, "/aujourdhui/", width=width, account=world.account("head"))
    page.click("details.face summary")
    if theme:
        page.click("text=Écran sombre")
        page.click("details.face summary")
    assert_accessible(page)
    page.keyboard.press("Escape")
    assert page.locator("details.face[open]").count() == 0


@pytest.mark.parametrize("path, name", [("/", None), ("/aujourdhui/", "teacher")])
def test_a_dark_device_gets_a_dark_page_and_paper_stays_white(browser, live_server, world, path, name):
    page = open_page(browser, live_server, path, account=name and world.account(name))
    paper = "getComputedStyle(document.documentElement).getPropertyValue('--paper')"
    assert page.evaluate(paper) == "#fbf8f1"
    page.emulate_media(color_scheme="dark")
    assert page.evaluate(paper) == "#14222a"
    assert_accessible(page)
    page.emulate_media(color_scheme="dark", media="print")
    assert page.evaluate(paper) == "#fff"


def test_a_bright_page_is_kept_on_a_dark_device_when_asked(browser, live_server, world):
    page = open_page(browser, live_server, "/aujourdhui/", account=world.account("teacher"))
    page.emulate_media(color_scheme="dark")
    page.click("details.face summary")
    assert page.get_by_text("Écran sombre").count() == 1 and not page.get_by_text("Écran sombre").is_visible()
    with page.expect_navigation():
        page.click("text=Écran clair")
    assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "light"


@pytest.mark.parametrize("width", [768, 900, 1024])
@pytest.mark.parametrize("name", ["teacher", "head", "city_education", "dsden"])
def test_no_door_is_broken_in_two_on_a_tablet(browser, live_server, world, name, width):
    page = open_page(browser, live_server, "/aujourdhui/", width=width, account=world.account(name))
    lines = page.evaluate(
        """[...document.querySelectorAll('.doors a')].map((door) => {
            const range = document.createRange(); range.selectNodeContents(door);
            return [door.innerText, new Set([...range.getClientRects()].map((box) => box.top)).size]; })"""
    )
    assert len(lines) >= 5 and [text for text, count in lines if count > 1] == []


def test_a_published_sum_beside_the_computed_one_fits_a_tablet(browser, live_server, world):
    build_poitiers(city=world.cities["ailleurs"], person=None, now=now())
    page = open_page(browser, live_server, "/plan/", account=world.account("city_education_far"))
    for width in (768, 820, 900, 1024):
        page.set_viewport_size({"width": width, "height": 800})
        assert "environ" in page.locator(".gap-shown").last.inner_text()
        assert_no_sideways_scroll(page)


def test_each_child_keeps_its_name_inside_its_tag_on_a_telephone(browser, live_server, world):
    """A short one, and one that takes a line of its own."""
    mother = world.people["guardian_two_schools"]
    links = mother.children_links.select_related("child").order_by("id")
    for link, name in zip(links, ("Bo", "Maximilien-Emmanuel"), strict=True):
        link.child.first_name = name
        link.child.save()
    page = open_page(browser, live_server, "/aujourdhui/", width=360, account=mother.account)
    rooms = page.locator("nav .children .tag").evaluate_all(
        "all => all.map(e => e.getBoundingClientRect().right - e.querySelector('span').getBoundingClientRect().right)"
    )
    assert len(rooms) == 2 and min(rooms) >= 8, rooms
    assert_no_sideways_scroll(page)


@pytest.mark.parametrize(("who", "is_still"), [("teacher", True), ("head", True), ("guardian", False)])
def test_the_header_of_who_works_stays_where_it_is_on_pages_shared_with_families(
    browser, live_server, world, who, is_still
):
    page = open_page(browser, live_server, "/agenda/", width=1280, account=world.account(who))
    boxes = []
    for path in ("/agenda/", "/messages/", "/annonces/"):
        page.goto(live_server.url + path)
        boxes.append([page.locator(each).first.bounding_box()["x"] for each in (".head .place", "main h1")])
    assert (boxes[0][0] == boxes[1][0] == boxes[2][0]) is is_still
    assert [head for head, _ in boxes[1:]] == [title for _, title in boxes[1:]], "the title begins under the header"
    assert_no_sideways_scroll(page)


def test_the_door_of_the_page_stays_in_sight_when_a_telephone_is_turned(browser, live_server, world):
    page = open_page(browser, live_server, "/messages/", width=800, account=world.account("pupil_cm2"))
    here = page.locator(".doors [aria-current]")
    page.set_viewport_size({"width": 360, "height": 800})
    page.wait_for_function("document.querySelector('.doors > ul').scrollLeft > 0")
    box = here.bounding_box()
    assert here.inner_text() == "Messages" and box["x"] >= 0 and box["x"] + box["width"] <= 360
