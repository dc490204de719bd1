"""Each role's home and what it opens, read by axe in a real browser at two widths."""

import re

import pytest

from tests.browser import WIDTHS, assert_accessible, open_page, targets_too_small

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ACTORS = ("teacher", "head", "guardian", "pupil_cm2", "city_education", "ien", "operator")
SKIPPED = ("/ecoles/", "/accessibilite/", "/mentions-legales/", "/plan-du-site/", "/static/")  # read elsewhere


def addresses(page):
    """What the page's own links open, each once."""
    found = page.eval_on_selector_all("header a[href], main a[href]", "links => links.map(a => a.getAttribute('href'))")
    return sorted({re.sub(r"[#?].*", "", link) for link in found if link.startswith("/") and link != "/"})


@pytest.mark.parametrize("name", ACTORS)
def test_the_home_and_what_it_opens(browser, live_server, world, name):
    for width in WIDTHS:
        page = open_page(browser, live_server, "/aujourdhui/", width=width, account=world.account(name))
        assert_accessible(page)
        for address in addresses(page):
            if address.startswith(SKIPPED):
                continue
            answer = page.goto(address)
            assert answer.status == 200, address
            assert_accessible(page)
            assert targets_too_small(page) == [], address
        page.context.close()
