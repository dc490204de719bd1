"""The pages of mots in Arabic, as axe reads them at two widths; and « Écouter », where the device has a voice."""

import pytest
from django.urls import reverse

from preau.ent.notes.wordings import wordings
from tests.browser import WIDTHS, assert_accessible, assert_no_sideways_scroll, new_page, open_page
from tests.ent.notes.acts import send
from tests.ent.posts.test_actions import publish

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
# A device with these voices, that notes what it is asked to say.
VOICES = """(codes) => {
  window.said = [];
  window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
  const voices = codes.map((lang) => ({ lang, localService: lang !== "fr-CA" }));
  const engine = { getVoices: () => voices, cancel: () => said.push("stop"),
    speak: ({ text, lang }) => said.push(`${lang} ${text}`), addEventListener() {} };
  Object.defineProperty(window, "speechSynthesis", { value: engine });
}"""


@pytest.fixture
def note(world):
    person = world.people["guardian"]
    person.reading_language = "ar"
    person.save()
    return send(world, wording="poux", title=wordings()["poux"].title, text=wordings()["poux"].text, nature="sign")


@pytest.mark.parametrize("width", WIDTHS)
def test_a_page_from_right_to_left_is_accessible_and_does_not_scroll_sideways(browser, live_server, world, note, width):
    for path, template in (
        ("/aujourdhui/", "web/today/guardian.html"),
        (reverse("notes:mine"), "notes/mine.html"),
        (reverse("notes:note_detail", args=[note.pk]), "notes/note_detail.html"),
    ):
        page = open_page(browser, live_server, path, width=width, account=world.account("guardian"))
        assert page.evaluate("[document.documentElement.lang, document.dir]") == ["ar", "rtl"]
        assert_no_sideways_scroll(page)
        assert_accessible(page, template)
    assert page.evaluate("parseFloat(getComputedStyle(document.querySelector('.said p')).fontSize)") >= 18


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize(("language", "side"), [("ar", "rtl"), ("tr", "")])
def test_the_door_is_accessible_and_does_not_scroll_sideways_in_other_letters(
    browser, live_server, world, language, side, width
):
    for path, template in (
        ("/entrer/", "account/login.html"),
        ("/premiere-fois/", "people/first_time.html"),
        ("/mot-de-passe-perdu/", "people/lost_password.html"),
        ("/aide/", "people/help_ask.html"),
    ):
        page = open_page(browser, live_server, f"{path}?langue={language}", width=width)
        assert page.evaluate("[document.documentElement.lang, document.dir]") == [language, side]
        assert_no_sideways_scroll(page)
        assert_accessible(page, template)


def test_a_text_is_read_aloud_where_there_is_a_voice_of_its_language(browser, live_server, world, note):
    publish(world)
    path = reverse("notes:note_detail", args=[note.pk])
    page = new_page(browser, live_server, width=360, account=world.account("guardian"))
    page.add_init_script(f"({VOICES})(['ar-SA', 'en-US', 'fr-CA'])")
    page.goto(path)
    listen = page.locator("button[data-listen]")
    assert [listen.nth(0).is_visible(), listen.nth(1).get_attribute("hidden")] == [
        True,
        "",
    ]  # the only French voice is read elsewhere
    listen.nth(0).click()
    said = page.evaluate("said")
    assert (
        said[1] == "ar-SA شوهد قمل في المدرسة."
        and len(said) == 5
        and listen.nth(0).get_attribute("aria-pressed") == "true"
    )
    listen.nth(0).click()
    assert page.evaluate("said").pop() == "stop" and listen.nth(0).get_attribute("aria-pressed") == "false"
    page.goto("/aujourdhui/")  # what the class said stays in French: no voice here reads it
    assert page.locator(".life button[data-listen]").count() == 1
    assert page.locator(".life button[data-listen]").get_attribute("hidden") == ""
    page = new_page(browser, live_server, width=360, account=world.account("guardian"))
    page.add_init_script(f"({VOICES})(['fr-FR'])")
    page.goto("/aujourdhui/")
    page.locator(".life button[data-listen]").click()
    assert page.evaluate("said")[1].startswith("fr-FR ")
    mute = open_page(browser, live_server, path, width=360, account=world.account("guardian"), javascript=False)
    assert not mute.locator("button[data-listen]").first.is_visible()
