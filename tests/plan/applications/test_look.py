"""The pages in a real browser: read by axe, typed in with and without JavaScript."""

import time

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from preau.plan.applications.models import SectionVersion
from tests.browser import new_page, open_page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def url(name, *args):
    return reverse(f"applications:{name}", args=args)


def test_what_is_typed_is_kept_without_any_button(scene, browser, live_server):
    application = scene.start()
    path = url("section_edit", application.id, "familles")
    page = open_page(browser, live_server, path, account=scene.world.account("head"))
    page.locator("textarea").first.press_sequentially("Elles écoutent")
    page.get_by_text("Enregistré à").wait_for()
    page.locator("textarea").first.press_sequentially(" le carnet.")
    expect(page.locator("#id_version")).to_have_value("2")
    assert SectionVersion.objects.get().answers["familles-place"] == "Elles écoutent le carnet."
    assert page.elsewhere == []
    page.get_by_role("button", name="Enregistrer et continuer").click()
    assert page.locator("h1").inner_text() == "L’inclusion"


HIDDEN = (
    "Object.defineProperty(document, 'hidden', {value: true}); document.dispatchEvent(new Event('visibilitychange'))"
)
LEAVINGS = {
    "to another page": lambda page: page.get_by_role("link", name="Rubrique précédente").click(),
    "to another application": lambda page: page.evaluate(HIDDEN),
    "as an old Safari tells it": lambda page: page.evaluate("dispatchEvent(new Event('pagehide'))"),
}


@pytest.mark.parametrize("leaving", LEAVINGS)
def test_what_was_typed_just_before_leaving_is_kept(scene, browser, live_server, leaving):
    """Within the second and a half that saving waits for the next word: the page's clock is stopped."""
    application = scene.start()
    path = url("section_edit", application.id, "familles")
    page = new_page(browser, live_server, account=scene.world.account("head"))
    page.clock.install(time=0)
    page.goto(path)
    page.clock.pause_at(60_000)
    page.locator("textarea").first.press_sequentially("Elles écoutent.")
    assert not SectionVersion.objects.exists()
    LEAVINGS[leaving](page)
    until = time.monotonic() + 10
    while not SectionVersion.objects.exists() and time.monotonic() < until:
        time.sleep(0.05)
    assert SectionVersion.objects.get().answers["familles-place"] == "Elles écoutent."
    assert page.elsewhere == []


def test_without_javascript_the_button_keeps_it(scene, browser, live_server):
    application = scene.start()
    path = url("section_edit", application.id, "familles")
    page = open_page(browser, live_server, path, account=scene.world.account("teacher"), javascript=False)
    page.locator("textarea").first.fill("Elles écoutent.")
    page.get_by_role("button", name="Enregistrer et continuer").click()
    assert page.locator("h1").inner_text() == "L’inclusion"
    assert SectionVersion.objects.get().answers["familles-place"] == "Elles écoutent."
