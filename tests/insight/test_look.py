"""The pages of uses, and what is kept of people, read by axe at two widths as each audience."""

import pytest

from tests.browser import WIDTHS, assert_accessible, open_page

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("actor", ["city_education", "head", "dsden"])
def test_the_weeks_uses_are_accessible(world, browser, live_server, actor, width):
    page = open_page(browser, live_server, "/usages/", width=width, account=world.account(actor))
    assert page.locator("h1").count() == 1
    assert_accessible(page)


@pytest.mark.parametrize("width", WIDTHS)
def test_what_is_kept_is_accessible_to_anyone(world, browser, live_server, width):
    page = open_page(browser, live_server, "/donnees-personnelles/", width=width)
    assert_accessible(page)
    assert page.context.cookies() == []
