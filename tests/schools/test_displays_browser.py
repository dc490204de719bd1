"""A pupil's screen in a real browser: large pictures, no scroll on a tablet, keys, one switch, one sound at a time."""

import os
from dataclasses import asdict

import pytest
from django.urls import reverse

from preau.kit.pages.pupils import Arrangement
from preau.schools.models import PupilDisplay
from tests.browser import assert_accessible, new_page

pytestmark = pytest.mark.browser
SCREENS = ((1024, 600), (1280, 800), (768, 1024), (360, 740))
SMALLEST = """() => Math.min(...[...document.querySelectorAll('.tile, .speak, .hold')]
  .filter((e) => e.checkVisibility())
  .map((e) => e.getBoundingClientRect()).map(({ width, height }) => Math.min(width, height)))"""
COVERED = """() => [...document.querySelectorAll('.tiles > li')].filter((li) => {
  const word = document.createRange(); word.selectNodeContents(li.querySelector('.tile span'));
  const said = word.getBoundingClientRect(), voice = li.querySelector('.speak').getBoundingClientRect();
  return said.right > voice.left && said.bottom > voice.top && said.top < voice.bottom;
}).map((li) => li.innerText.trim())"""
SCROLLS = "() => document.documentElement.scrollHeight > innerHeight"
# Said to be played, and silent.
LISTEN = """window.played = [];
  Audio.prototype.play = async function () { played.push(this.src.match(/spoken\\/([a-z-]+)/)[1]); };
  Audio.prototype.pause = function () { played.push('-'); };"""
HEARD = """(key) => new Promise((done, fail) => {
  setInterval(() => played.at(-1) === key && done(), 50);
  setTimeout(fail, 5000, 'not heard');
})"""
FOCUSED = "() => document.activeElement.innerText.trim()"


def opened(world, browser, live_server, skin):
    path = reverse("schools:display_preview", args=[world.people["child_adam"].pk])
    page = new_page(browser, live_server, account=world.account("teacher"))
    page.add_init_script(LISTEN)
    page.goto(f"{path}?habillage={skin}")
    return page


def look(page, name):
    if folder := os.environ.get("PREAU_LOOK"):
        page.screenshot(path=f"{folder}/{name}.png")


@pytest.mark.parametrize("skin, least", [("non-lecteur", 96), ("lecteur", 56)])
def test_pictures_are_large_and_a_tablet_does_not_scroll(world, browser, live_server, skin, least):
    page = opened(world, browser, live_server, skin)
    assert_accessible(page, "schools/display_preview.html")
    for width, height in SCREENS:
        page.set_viewport_size({"width": width, "height": height})
        look(page, f"{skin}-{width}")
        assert page.evaluate(SMALLEST) >= least, (width, height)
        assert page.evaluate(COVERED) == [], (width, height)
        if skin == "non-lecteur" and width > 700:
            assert not page.evaluate(SCROLLS), (width, height)


def test_it_speaks_once_by_itself_then_one_sound_at_a_time_and_none_when_muted(world, browser, live_server):
    page = opened(world, browser, live_server, "lecteur")
    assert page.evaluate("played") == []  # who reads is not spoken to
    page.close()
    page = opened(world, browser, live_server, "non-lecteur")
    assert page.evaluate("played.filter((one) => one !== '-')") == ["touch-a-picture"]
    page.get_by_label("Écouter\u00a0: Moi").click()
    page.get_by_label("Écouter\u00a0: Photo").click()
    assert page.evaluate("played.slice(-4)") == ["-", "tile-me", "-", "tile-photo"]
    assert page.locator(".speak[aria-pressed=true]").count() == 1
    page.evaluate("document.documentElement.dataset.muted = ''")
    page.wait_for_function("played.at(-1) === '-'")
    assert page.locator(".speak:visible").count() == 0
    page.evaluate("dispatchEvent(new CustomEvent('say', { detail: 'tile-me' }))")
    assert page.evaluate("played.at(-1)") == "-"


def test_a_finger_that_stays_hears_what_it_would_open(world, browser, live_server):
    page = opened(world, browser, live_server, "non-lecteur")
    address, way = page.url, page.get_by_role("link", name="Retour").bounding_box()
    page.mouse.move(way["x"] + 20, way["y"] + 20)
    page.mouse.down()
    page.evaluate(HEARD, "back")
    page.mouse.move(1, 1)
    page.mouse.up()
    assert page.url == address  # it slid away
    page.get_by_role("link", name="Retour").click(delay=600)
    assert page.url != address


def test_arranged_it_is_stepped_by_one_key_and_its_words_are_written(world, browser, live_server):
    page = opened(world, browser, live_server, "non-lecteur")
    walk = (("Right", "Moi"), ("Right", "La classe"), ("Down", "Photo"), ("Left", "Parler"))
    for way, name in walk:
        page.keyboard.press(f"Arrow{way}")
        assert page.evaluate(FOCUSED) == name
    page.keyboard.press("Enter")
    assert page.url.endswith("#contenu")
    page.close()
    arranged = Arrangement(True, True, "lexend", True, True, True, True)
    PupilDisplay.objects.create(pupil=world.people["child_adam"], **asdict(arranged))
    page = opened(world, browser, live_server, "non-lecteur")
    reached = []
    for _ in range(3):  # the way back, then the pictures
        page.keyboard.press("Space")
        reached.append(page.evaluate(FOCUSED))
    assert reached == ["Retour", "Moi", "La classe"]
    assert page.evaluate("played.filter((one) => one !== '-').slice(-3)") == ["back", "tile-me", "tile-class"]
    assert page.evaluate("played.at(-1)") == "tile-class"
    assert page.locator(".subtitle").inner_text() == "La classe"
    look(page, "arranged")
    page.evaluate("document.documentElement.dataset.muted = ''")
    page.get_by_label("Écouter\u00a0: Moi").click()  # its words, without a sound
    assert page.locator(".subtitle").inner_text() == "Moi" and page.evaluate("played.at(-1)") == "-"
    assert_accessible(page, "schools/display_preview.html")
