"""The week of a kit on a telephone: five days at once, nothing to push aside."""

import pytest
from django.urls import reverse

from tests.browser import open_page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FITS = "() => [...document.querySelectorAll('.scroll')].every((each) => each.scrollWidth <= each.clientWidth)"


@pytest.mark.parametrize("width, day", [(360, "ven."), (1280, "vendredi")])
def test_a_kit_shows_its_five_days_at_once(browser, live_server, lending, width, day):
    path = reverse("loans:kit_detail", args=[lending.kits[0].pk])
    page = open_page(browser, live_server, path, width=width, account=lending.account("teacher"))
    assert page.locator(".calendar thead th:visible").last.inner_text() == day
    assert page.evaluate(FITS)
