"""The base page in a real browser."""

import pytest

from tests.browser import WIDTHS, assert_accessible, open_page, targets_too_small

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("path", ["/", "/rien/"])
def test_public_pages_of_the_roof(browser, live_server, path, width):
    page = open_page(browser, live_server, path, width=width)
    assert_accessible(page)
    assert targets_too_small(page) == []


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
