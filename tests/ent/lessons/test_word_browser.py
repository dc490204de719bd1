"""In a browser: a word of the class taken back in mid-session leaves the tablets, their screens and what they keep."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now
from playwright.sync_api import expect

from preau.ent.posts import actions as posts
from preau.spaces import actions as spaces
from tests.browser import new_page
from tests.ent.lessons.acts import cookies_of, join, open_lesson
from tests.ent.lessons.test_words import FIRST, LAST, told
from tests.ent.lessons.test_works import seated
from tests.journeys.test_cut_line import READY

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
# What a cut line would show of what was given.
KEPT = "(await (await caches.match('/seance/activite/'))?.text() ?? '')"


def holds(words):
    return f"async () => {KEPT}.includes({words!r})"


def holds_other_words(than):
    return f"async () => {{ const kept = {KEPT}; return kept !== '' && !kept.includes({than!r}); }}"


def holds_no(words):
    return f"async () => !{KEPT}.includes({words!r})"


@pytest.fixture
def word(world):
    told(world, LAST, ago=1)
    return told(world, FIRST, ago=30)


@pytest.fixture
def lesson(world, word):
    return open_lesson(world, activity="word", word=str(word.pk))


def take_back(world, word):
    posts.withdraw_post(person=world.people["teacher"], post=word, now=now())


def of_tablet(browser, live_server, client, address):
    page = new_page(browser, live_server, width=1024)
    page.context.add_cookies([{"name": n, "value": v, "url": live_server.url} for n, v in cookies_of(client).items()])
    page.goto(address)
    page.wait_for_function(holds(FIRST))
    return page


@pytest.mark.parametrize("name", ["word", "wall"])
def test_the_page_that_shows_it_is_read_again(world, browser, live_server, lesson, word, name):
    _, client = seated(world, lesson, "child_adam")
    page = of_tablet(browser, live_server, client, reverse(f"lessons:{name}"))
    expect(page.locator("main")).to_contain_text(FIRST)
    take_back(world, word)
    expect(page.locator("main")).not_to_contain_text(FIRST)
    expect(page.locator("main")).to_contain_text(LAST)
    page.wait_for_function(holds_other_words(FIRST))


def test_the_page_that_shows_it_shows_it_as_corrected_once_what_plays_has_ended(
    world, browser, live_server, lesson, word
):
    _, client = seated(world, lesson, "child_adam")
    page, teacher = of_tablet(browser, live_server, client, reverse("lessons:word")), world.people["teacher"]
    page.evaluate("""document.body.append(Object.defineProperty(document.createElement('audio'), 'paused',
      { get: () => self.hasEnded, configurable: true })); self.hasEnded = false""")
    page.wait_for_timeout(1600)  # a pulse
    posts.edit_post(person=teacher, post=word, text="Des radis et des fèves.", now=now())
    page.wait_for_function(holds("des fèves"))
    page.wait_for_timeout(1600)
    assert "des fèves" not in page.locator("main").inner_text()
    page.evaluate("self.hasEnded = true")
    expect(page.locator("main")).to_contain_text("des fèves")
    page.evaluate("self.isSecond = true")
    page.wait_for_timeout(3500)  # two pulses
    assert page.evaluate("self.isSecond")


def test_a_tablet_that_nobody_touches_keeps_it_no_more_and_keeps_what_is_corrected(
    world, browser, live_server, lesson, word
):
    client, teacher = Client(), world.people["teacher"]
    join(lesson, client, accepted_by=teacher)
    page = of_tablet(browser, live_server, client, reverse("lessons:grid"))
    posts.edit_post(person=teacher, post=word, text="Des radis et des fèves.", now=now())
    page.wait_for_function(holds("des fèves"))
    take_back(world, word)
    page.wait_for_function(holds_other_words("des fèves"))


def test_a_tablet_that_was_cut_keeps_it_no_more_once_it_has_a_line(world, browser, live_server, lesson, word):
    """Read on the page of a cut line, and kept while one makes something there."""
    _, client = seated(world, lesson, "child_adam")
    page = of_tablet(browser, live_server, client, reverse("lessons:home"))
    page.evaluate(READY)
    expect(page.locator("html")).to_have_attribute("data-kept", "0")  # its scripts have come
    page.context.set_offline(True)
    page.reload()
    given = page.locator("[data-given-here]")
    expect(given).to_contain_text(FIRST)
    page.locator('.make[href*="texte"]').click()
    page.locator("textarea").fill("Un radis")
    take_back(world, word)
    page.context.set_offline(False)
    page.wait_for_function(holds_no(FIRST))
    assert page.locator("textarea").input_value() == "Un radis"  # what is being made is not taken from anybody's hands
    page.context.set_offline(True)
    page.goto(reverse("lessons:home"))
    expect(page.locator("[data-offline]")).to_be_visible()
    assert FIRST not in page.locator("body").inner_text()


def test_a_page_that_pupils_still_read_is_read_again_once(world, browser, live_server, lesson, word):
    """Stopped for families alone: no tablet keeps it, and its pupils read it on the wall."""
    _, client = seated(world, lesson, "child_adam")
    page = of_tablet(browser, live_server, client, reverse("lessons:wall"))
    place = {"place": world.classrooms["cpb"], "readers": ["families"], "why": "check"}
    with page.expect_navigation():
        spaces.stop_place(person=world.people["head"], **place, now=now())
    page.wait_for_function(holds_other_words(FIRST))
    page.evaluate("self.isSecond = true")
    page.wait_for_timeout(3500)  # two pulses
    assert page.evaluate("self.isSecond") and FIRST in page.locator("main").inner_text()
