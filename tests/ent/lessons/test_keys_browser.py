"""In a browser: a whole activity of a class of GS by the keyboard alone, then by one key."""

import os

import pytest
from django.urls import reverse
from django.utils.timezone import now
from playwright.sync_api import expect

from preau.ent.lessons.models import Work, WorkPart
from preau.people import actions as people
from preau.schools.models import PupilDisplay
from tests.browser import new_page, targets_too_small
from tests.ent.lessons.acts import cookies_of, join, open_lesson
from tests.ent.lessons.works import Sort
from tests.world import add_child

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PACE = 2
MOST = 80  # presses to reach one thing
SAID = "((each) => (each.ariaLabel || each.innerText).trim() || each.querySelector('img')?.alt)"
FOCUSED = f"() => {SAID}(document.activeElement)"
IS_LIT = f"(words) => [...document.querySelectorAll('[data-lit]')].map({SAID}).includes(words)"
# Once its letters and pictures have come: before, other letters take other lines.
SCROLLS = """async () => {
  const drawn = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  if (document.readyState !== 'complete') await new Promise((done) => addEventListener('load', done));
  await drawn(); // letters are asked once a line needs them
  await document.fonts.ready;
  await Promise.all([...document.images].map((each) => each.decode().catch(() => {})));
  await drawn();
  return document.documentElement.scrollHeight > innerHeight;
}"""
SIZES = """() => [...document.querySelectorAll('.tools button')].filter((each) => each.offsetParent)
  .map((each) => Math.min(each.offsetWidth, each.offsetHeight))"""
LIT_COUNT = "() => document.querySelectorAll('[data-lit]').length"


@pytest.fixture
def tablet(world, client, browser, live_server):
    """A tablet that shows the class, one of whose pupils enters by one key."""
    pupils = [add_child(world, f"small_{number}", "gs", "GS", []) for number in range(2)]
    for pupil, name in zip(pupils, ("Milo", "Lou"), strict=True):
        pupil.first_name = name
        pupil.save()
    people.give_signs(pupils=pupils, now=now())
    PupilDisplay.objects.create(pupil=pupils[1], scans_every=PACE)
    lesson = open_lesson(world, "head", "gs", activity="page", title="Dessine ta maison")
    join(lesson, client, accepted_by=world.people["head"])
    page = new_page(browser, live_server, width=1024)
    page.set_viewport_size({"width": 1024, "height": 600})
    page.context.add_cookies([{"name": n, "value": v, "url": live_server.url} for n, v in cookies_of(client).items()])
    return page


def look(page, name):
    if folder := os.environ.get("PREAU_LOOK"):
        page.screenshot(path=f"{folder}/{name}.png")


def reach(page, words, key):
    """Presses until this is what the next key chooses."""
    for _ in range(MOST):
        if page.evaluate(FOCUSED) == words:
            return
        page.keyboard.press(key)
    raise AssertionError(f"« {words} » is not reached by {key}")


def press(page, words):
    reach(page, words, "Tab")
    page.keyboard.press("Enter")


def put_stamps(page):
    """Two houses, where the keys say."""
    press(page, "Les images")
    assert page.evaluate(SIZES) == [96] * 6
    press(page, "une maison")
    assert page.evaluate(FOCUSED) == "au milieu"
    look(page, "places")
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowRight")
    assert page.evaluate(FOCUSED) == "à droite"
    page.keyboard.press("Enter")
    page.get_by_text("C’est gardé.").wait_for()
    assert page.evaluate(SIZES) == [96] * 6
    look(page, "pencil")
    press(page, "Dessiner")
    assert page.evaluate(FOCUSED) in ("fin", "épais")
    assert page.locator(".places").is_hidden()  # a finger draws lines again
    assert page.evaluate(SIZES) == [96] * 6


def open_large(page):
    """The picture of the drawing, what is done with it, and back."""
    assert not page.evaluate(SCROLLS) and targets_too_small(page, 96) == []
    press(page, "Dessin")  # its picture: large, with what is done with it
    page.get_by_role("button", name="Efface", exact=True).wait_for()
    look(page, "large")
    assert not page.evaluate(SCROLLS) and targets_too_small(page, 96) == []
    press(page, "Reprendre")
    page.locator(".tools [data-icon=stamps]").wait_for()
    press(page, "Retour")
    page.locator(".piece img").wait_for()


def test_a_child_draws_by_the_keys_alone(tablet, live_server):
    page = tablet
    page.goto(live_server.url + reverse("lessons:grid"))
    page.keyboard.press("ArrowRight")
    assert page.evaluate(FOCUSED) == "Child"  # the arrows lead to the pictures at once
    reach(page, "Milo", "ArrowRight")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="C’est moi")).to_be_visible()
    press(page, "C’est moi")
    page.wait_for_url("**/seance/moi/")
    assert not page.evaluate(SCROLLS)  # six pictures, the instruction and the calls, on the smallest tablet
    press(page, "Dessiner")
    page.locator(".tools [data-icon=stamps]").wait_for()
    assert page.evaluate(SIZES) == [96] * 6  # and no seventh
    press(page, "Les couleurs")
    press(page, "rouge")
    assert page.evaluate(FOCUSED) == "Les couleurs"  # shut again
    press(page, "épais")
    assert page.evaluate(FOCUSED) == "fin"
    put_stamps(page)
    look(page, "stamps")
    press(page, "Retour")
    page.locator(".piece img").wait_for()
    look(page, "page")
    open_large(page)
    press(page, "J’ai fini")
    page.get_by_text("Ta maîtresse ou ton maître relit").first.wait_for()
    press(page, "À toi\u00a0!")
    page.wait_for_url("**/seance/classe/")
    assert Work.objects.get().state == Work.State.FINISHED
    assert WorkPart.objects.get().sort == Sort.DRAWING


def lit(page, words):
    """Waits until this is lit, alone or with its line; whether alone."""
    for _ in range(MOST):
        if page.evaluate(IS_LIT, words):
            return page.evaluate(LIT_COUNT) == 1
        page.clock.run_for(PACE * 1000)
    raise AssertionError(f"« {words} » is never lit")


def choose(page, words):
    """One key: a first press on the line where it is, if lines are lit, then on it; or on it at once."""
    for _ in range(MOST):
        alone = lit(page, words)
        page.keyboard.press("Space")
        if alone:
            return
    raise AssertionError(f"« {words} » is never alone")


def test_a_child_draws_by_one_key(tablet, live_server):
    page = tablet
    page.clock.install()
    page.goto(live_server.url + reverse("lessons:grid"))
    page.clock.run_for(10 * PACE * 1000)
    assert page.evaluate(LIT_COUNT) == 0  # it is everybody's: it waits for the key
    page.keyboard.press("Space")
    choose(page, "Lou")
    page.get_by_role("button", name="C’est moi").wait_for()
    choose(page, "C’est moi")
    page.wait_for_url("**/seance/moi/")
    choose(page, "Dessiner")
    page.locator(".tools [data-icon=stamps]").wait_for()
    choose(page, "Les images")
    choose(page, "une maison")
    look(page, "lit")
    choose(page, "au milieu")
    page.clock.run_for(2500)
    page.get_by_text("C’est gardé.").wait_for()
    choose(page, "Retour")
    page.locator(".piece img").wait_for()
    look(page, "lit-page")
    choose(page, "Dessin")
    page.get_by_role("button", name="Efface", exact=True).wait_for()
    lit(page, "Efface")
    choose(page, "Reprendre")
    page.locator(".tools [data-icon=stamps]").wait_for()
    choose(page, "Retour")
    page.locator(".piece img").wait_for()
    choose(page, "J’ai fini")
    page.get_by_text("Ta maîtresse ou ton maître relit").first.wait_for()
    choose(page, "À toi\u00a0!")
    page.wait_for_url("**/seance/classe/")
    assert Work.objects.get().state == Work.State.FINISHED
