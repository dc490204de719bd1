"""The pages in a real browser: read by axe, typed in with and without JavaScript."""

import time

import pytest
from django.urls import reverse
from django.utils.timezone import now as clock
from playwright.sync_api import expect

from preau.plan.applications.models import Application, SectionVersion, State
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


def test_what_is_refused_on_leaving_is_in_the_form_on_return(scene, browser, live_server):
    """Someone else saved while the last word was typed."""
    application = scene.start()
    path = url("section_edit", application.id, "familles")
    page = new_page(browser, live_server, account=scene.world.account("head"))
    page.clock.install(time=0)
    page.goto(path)
    page.clock.pause_at(60_000)
    page.locator("textarea").first.press_sequentially("Elles écoutent.")
    SectionVersion.objects.create(application=application, section="familles", saved_at=clock())
    with page.expect_response(lambda answer: answer.request.method == "POST") as refused:
        page.evaluate(HIDDEN)
    assert refused.value.status == 422
    page.goto(url("application_detail", application.id))
    page.get_by_role("link", name="Reprendre votre texte").click()
    expect(page.locator("textarea").first).to_have_value("Elles écoutent.")
    expect(page.locator(".toast")).to_contain_text("quand vous avez quitté la page")


def typing(scene, browser, live_server):
    """A page where a first word is kept."""
    path = url("section_edit", scene.start().id, "familles")
    page = open_page(browser, live_server, path, account=scene.world.account("head"))
    page.locator("textarea").first.press_sequentially("Elles")
    page.get_by_text("Enregistré à").wait_for()
    return page


def test_a_cut_network_is_said_and_what_was_typed_leaves_when_it_is_back(scene, browser, live_server):
    page = typing(scene, browser, live_server)
    page.context.set_offline(True)
    page.locator("textarea").first.press_sequentially(" écoutent.")
    expect(page.locator("#saisie")).to_contain_text("le réseau ne répond pas")
    page.context.set_offline(False)
    expect(page.locator("#saisie")).to_contain_text("Enregistré à")
    assert SectionVersion.objects.get().answers["familles-place"] == "Elles écoutent."


@pytest.mark.parametrize("cause", ["filed", "signed out"])
def test_a_save_refused_is_said_in_a_line_and_no_page_lands_in_the_form(scene, browser, live_server, cause):
    page = typing(scene, browser, live_server)
    if cause == "filed":
        application = scene.fill(Application.objects.get(), leave=("familles",))
        Application.objects.filter(pk=application.pk).update(state=State.WITHDRAWN)
    else:
        page.context.clear_cookies()
    page.locator("textarea").first.press_sequentially(" écoutent.")
    expect(page.locator("#saisie")).to_contain_text("Pas enregistré. Choisissez « Enregistrer »")
    assert page.locator("main").count() == 1 and page.locator("header").count() == 1
    assert page.locator("textarea").first.input_value() == "Elles écoutent."


def test_what_is_saved_is_not_sent_again_on_leaving(scene, browser, live_server):
    page = typing(scene, browser, live_server)
    page.get_by_role("link", name="Rubrique précédente").click()
    page.get_by_role("heading", level=1, name="L’équipe").wait_for()
    page.wait_for_timeout(1000)  # what would leave with the page
    assert SectionVersion.objects.get().version == 1


def test_without_javascript_the_button_keeps_it(scene, browser, live_server):
    application = scene.start()
    path = url("section_edit", application.id, "familles")
    page = open_page(browser, live_server, path, account=scene.world.account("teacher"), javascript=False)
    page.locator("textarea").first.fill("Elles écoutent.")
    page.get_by_role("button", name="Enregistrer et continuer").click()
    assert page.locator("h1").inner_text() == "L’inclusion"
    assert SectionVersion.objects.get().answers["familles-place"] == "Elles écoutent."
