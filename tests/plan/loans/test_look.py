"""The week of a kit on a telephone: five days at once, nothing to push aside."""

import datetime
from types import SimpleNamespace

import pytest
from django.urls import reverse

from preau.plan.loans.queries import calendar
from tests.browser import open_page
from tests.plan.loans.conftest import MONDAY
from tests.plan.loans.test_unavailability import stop

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WEEK = datetime.timedelta(weeks=1)
FITS = "() => [...document.querySelectorAll('.scroll')].every((each) => each.scrollWidth <= each.clientWidth)"

CUT = """() => [...document.querySelectorAll('.calendar td:is([data-is=past], [data-is=closed], [data-is=stopped])')]
  .filter((cell) => {
    const range = document.createRange();
    range.selectNodeContents(cell);
    return new Set([...range.getClientRects()].filter((line) => line.width).map((line) => line.top)).size !== 1;
  }).map((cell) => cell.innerText)"""


@pytest.mark.parametrize("width, day", [(360, "ven."), (1280, "vendredi")])
def test_a_kit_shows_its_five_days_at_once(browser, live_server, lending, width, day):
    path = reverse("loans:kit_detail", args=[lending.kits[0].pk])
    page = open_page(browser, live_server, path, width=width, account=lending.account("teacher"))
    assert page.locator(".calendar thead th:visible").last.inner_text() == day
    assert page.evaluate(FITS)


@pytest.mark.parametrize("width, words", [(360, "arrêt congé"), (1280, "indisponible vacances")])
def test_no_word_of_its_days_is_cut(browser, live_server, lending, monkeypatch, width, words):
    kit, away = lending.kits[0], SimpleNamespace(kind="vacances")
    stop(kit, last=3)
    monkeypatch.setattr(calendar, "pause_on", lambda city, day: away if day >= MONDAY + 2 * WEEK else None)
    past = f"{MONDAY - 2 * WEEK:%G-W%V}"  # the week before this one, where it is of the same school year
    path = f"{reverse('loans:kit_detail', args=[kit.pk])}?semaine={past}"
    page = open_page(browser, live_server, path, width=width, account=lending.account("teacher"))
    said = page.locator(".calendar td").all_inner_texts()
    assert set(words.split()) <= set(said) and page.evaluate(CUT) == []
