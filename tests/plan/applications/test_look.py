"""The pages in a real browser: read by axe, typed in with and without JavaScript."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from preau.plan.applications.models import SectionVersion
from tests.browser import open_page

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


def test_without_javascript_the_button_keeps_it(scene, browser, live_server):
    application = scene.start()
    path = url("section_edit", application.id, "familles")
    page = open_page(browser, live_server, path, account=scene.world.account("teacher"), javascript=False)
    page.locator("textarea").first.fill("Elles écoutent.")
    page.get_by_role("button", name="Enregistrer et continuer").click()
    assert page.locator("h1").inner_text() == "L’inclusion"
    assert SectionVersion.objects.get().answers["familles-place"] == "Elles écoutent."
