"""Each public page in a real browser, at two widths, by axe."""

import pytest

from tests.browser import WIDTHS, assert_accessible, open_page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("width", WIDTHS)
def test_the_head_s_page_and_a_refused_message(browser, live_server, world, width):
    school = world.schools["tilleuls"].pk
    page = open_page(browser, live_server, f"/mon-ecole/{school}/site/", width=width, account=world.account("head"))
    page.click("text=Afficher le message")
    page.locator(".to-fix").wait_for()
    assert page.locator(".field-wrong").count() == 1
    assert_accessible(page)
    # From the head's home: the door under « Plus », the words, the button.
    page.goto("/aujourdhui/")
    page.click("text=Plus")
    page.click("text=Site public")
    page.fill("#id_text", "Pas de cantine jeudi.")
    page.click("text=Afficher le message")
    assert_accessible(page)
    page.goto("/ecoles/tilleuls/")
    assert page.locator(".alert").inner_text().startswith("Pas de cantine jeudi.")
    assert_accessible(page)
