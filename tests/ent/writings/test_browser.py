"""In a browser: the pictures of a pupil's home are large, and a line that is cut loses nothing of what is typed."""

import pytest
from django.urls import reverse

from preau.ent.writings.models import Writing
from tests.browser import assert_accessible, assert_no_sideways_scroll, open_page, session_cookie
from tests.ent.writings.acts import PUPIL

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NEW = reverse("writings:writing_create")
LARGE = 96  # px (users.md rule 1)


def leave(page):
    page.locator("details.face summary").click()
    page.locator("form[data-exit] button").click()
    page.locator("form[data-exit]").wait_for(state="detached")


def kept_since(page, days):
    """What the device keeps, as if it had been typed so many days ago."""
    page.evaluate(
        """(days) => Object.entries(localStorage).forEach(([place, text]) =>
        localStorage.setItem(place, JSON.stringify({ ...JSON.parse(text), at: Date.now() - days * 86400000 })))""",
        days,
    )


def come(page, live_server, account):
    page.context.add_cookies([session_cookie(live_server, account)])


def test_a_text_typed_while_the_line_is_cut_comes_back_and_is_kept_once(world, browser, live_server):
    page = open_page(browser, live_server, "/aujourdhui/", width=360, account=world.account(PUPIL))
    boxes = [tile.bounding_box() for tile in page.locator(".tile").all()]
    assert len(boxes) >= 4 and min(min(box["width"], box["height"]) for box in boxes) >= LARGE
    assert_no_sideways_scroll(page)
    page.locator(".tile", has_text="Écrire").click()
    page.get_by_text("Écrire un texte").click()
    assert_accessible(page)
    page.fill("[name=title]", "La mer")
    page.fill("[name=text]", "Les vagues sont hautes.")
    page.context.set_offline(True)
    page.get_by_text("Garder").click()
    page.get_by_text("Pas de réseau. Ton texte est gardé ici.").wait_for()
    assert page.input_value("[name=text]") == "Les vagues sont hautes." and not Writing.objects.exists()

    page.context.set_offline(False)
    leave(page)  # the device is shared: the next pupil finds nothing, here nor in what it stores
    kept = page.evaluate("JSON.stringify(localStorage)")
    assert "texte:" in kept and "vagues" not in kept and "La mer" not in kept
    come(page, live_server, world.account("pupil_other_school"))
    kept_since(page, 6)
    page.goto(NEW)
    page.locator("form[data-ready]").wait_for()
    assert page.input_value("[name=text]") == "" and "vagues" not in page.content()
    leave(page)
    come(page, live_server, world.account(PUPIL))
    page.goto(NEW)
    page.get_by_text("Ton texte était gardé ici").wait_for()
    assert page.input_value("[name=title]") == "La mer"
    page.locator("button[value=keep]").click()
    page.get_by_text("C’est gardé.").wait_for()
    assert Writing.objects.get().text == "Les vagues sont hautes."
    page.goto(NEW)
    page.locator("form[data-ready]").wait_for()
    assert page.input_value("[name=text]") == ""


def test_what_was_never_sent_is_forgotten_after_a_week(world, browser, live_server):
    page = open_page(browser, live_server, NEW, width=360, account=world.account(PUPIL))
    page.locator("form[data-ready]").wait_for()
    page.fill("[name=text]", "Un secret.")  # never sent, and its author never comes back
    while not page.evaluate("localStorage.length"):
        page.wait_for_timeout(20)
    kept_since(page, 8)
    leave(page)
    page.goto(NEW)  # to the door, for whoever comes next
    assert page.evaluate("localStorage.length") == 0
