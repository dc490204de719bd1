"""In a browser, on the smallest screens (users.md, rule 21): pictures are what one sees, the two calls are there."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now
from playwright.sync_api import expect

from preau.ent.lessons import actions
from preau.ent.lessons.models import Device
from preau.people import actions as people
from preau.schools.models import PupilDisplay
from tests.browser import NARROWEST, assert_no_sideways_scroll, new_page, wait_for_function
from tests.ent.lessons.acts import cookies_of, join, open_lesson
from tests.ent.lessons.test_given_back import give_back, made
from tests.ent.lessons.test_pre_reader import add_pupil
from tests.ent.lessons.test_works import seated
from tests.ent.lessons.works import keep

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SCREENS = ((1024, 600), (1280, 800))
# How far down each call and picture goes; the least side of a drawing and of its tile; the largest round of a voice.
SEEN = """() => {
  const side = (e) => { const { width, height } = e.getBoundingClientRect(); return Math.min(width, height); };
  const all = (found) => [...document.querySelectorAll(found)];
  return {
    down: all('.calls form .hold, .tile').map((e) => e.getBoundingClientRect().bottom),
    drawing: Math.min(...all('.tile img').map(side)), tile: Math.min(...all('.tile').map(side)),
    ring: Math.max(...all('.tiles .speak').map((e) => {
      const ring = parseFloat(getComputedStyle(e, '::before').width);
      return ring || side(e);
    })),
  };
}"""
CLOSE = """() => [...document.querySelectorAll('body *')].filter((e) => e.checkVisibility() && e.innerText)
  .map((e) => [e, getComputedStyle(e)])
  .filter(([, { letterSpacing, fontSize }]) => !(parseFloat(letterSpacing) >= .1 * parseFloat(fontSize)))
  .map(([e]) => `${e.tagName} ${e.innerText.slice(0, 30)}`)"""


@pytest.mark.parametrize("is_back", [False, True], ids=["", "a page was given back"])
def test_pictures_are_large_and_the_calls_are_on_the_screen(world, browser, live_server, is_back):
    """Of who reads in spaced letters, and of who does not read."""
    PupilDisplay.objects.create(pupil=world.people["child_adam"], is_spaced=True)
    for place, who, child in (("cpb", "teacher", "child_adam"), ("gs", "head", "child_two_one")):
        lesson = open_lesson(world, who, place, activity="page", title="Dessine ta cabane")
        device, client = seated(world, lesson, child)
        if is_back:
            give_back(world, made(device), who)
        page = of_pupil(browser, live_server, client)
        for width, height in SCREENS:
            page.set_viewport_size({"width": width, "height": height})
            page.goto(live_server.url + reverse("lessons:home"))
            assert page.locator(".came-back").count() == is_back
            page.locator(".given [data-unvoiced] .speak").wait_for()  # no voice here: whom to ask is heard
            assert page.locator(".given [data-listen]").is_hidden()
            seen = page.evaluate(SEEN)
            assert len(seen["down"]) == 8 and max(seen["down"]) <= height, (who, height, seen)
            assert seen["drawing"] >= 56 and seen["tile"] >= 96 and seen["drawing"] > seen["ring"], (who, height, seen)
            assert_no_sideways_scroll(page)
        assert page.evaluate(CLOSE) == [] or child == "child_two_one"


def test_a_telephone_shows_that_there_are_more_pictures(world, browser, live_server):
    """The voice of the page stands beside the name: a third picture begins above the calls."""
    page = of_pupil(browser, live_server, seated(world, open_lesson(world, "head", "gs"), "child_two_one")[1])
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(live_server.url + reverse("lessons:home"))
    expect(page.locator(".say .speak")).to_be_visible()
    above = page.locator(".calls").bounding_box()["y"] - page.locator(".tile").nth(2).bounding_box()["y"]
    assert above >= 44, above
    assert_no_sideways_scroll(page)


# What a sign covers of what is touched, the page at its top; where that is.
COVERED = """() => [...document.querySelectorAll('.chip')].filter((e) => e.checkVisibility()).flatMap((e) => {
  const over = e.getBoundingClientRect();
  return [...document.querySelectorAll('a:not(.skip), button, canvas, input, textarea')]
    .filter((e) => e.checkVisibility()).filter((e) => {
      const { top, bottom, left, right } = e.getBoundingClientRect();
      return top < over.bottom && bottom > over.top && left < over.right && right > over.left;
    }).map((e) => e.textContent.trim() || e.className);
})"""
PLACES = (
    "() => [...document.querySelectorAll('main, canvas, .tile')].map((e) => JSON.stringify(e.getBoundingClientRect()))"
)

COUNTED = "document.documentElement.dataset.kept === '0'"  # the page has counted what waits here, and hidden its sign


def of_pupil(browser, live_server, client):
    page = new_page(browser, live_server)
    page.context.add_cookies([{"name": n, "value": v, "url": live_server.url} for n, v in cookies_of(client).items()])
    return page


@pytest.mark.parametrize("place, who, child", [("cpb", "teacher", "child_adam"), ("gs", "head", "child_two_one")])
def test_what_becomes_of_what_is_made_covers_nothing_and_moves_nothing(world, browser, live_server, place, who, child):
    device, client = seated(world, open_lesson(world, who, place, activity="page", title="Dessine ta cabane"), child)
    made(device)
    page = of_pupil(browser, live_server, client)
    for address in (reverse("lessons:home"), reverse("lessons:make")):
        for width, height in ((360, 740), (768, 1024), *SCREENS):
            page.set_viewport_size({"width": width, "height": height})
            page.goto(address)
            if address == reverse("lessons:make"):
                page.locator('.make[href*="dessin"]').click()
                page.locator("canvas").wait_for()
            wait_for_function(page, COUNTED)
            before = page.evaluate(PLACES)
            signs = page.locator(".chip[role=status]").all()
            assert len(signs) == (2 if address == reverse("lessons:make") else 1)  # « Gardé ici », « C’est gardé. »
            for sign in signs:
                sign.evaluate("(e) => { e.hidden = false; e.textContent ||= 'C’est gardé.'; }")
                expect(sign).to_be_visible()
                assert page.evaluate(COVERED) == [] and page.evaluate(PLACES) == before, (address, width)
                sign.evaluate("(e) => { e.hidden = true; }")


# Of what is touched, what a sign in the header lies over.
UNDER = """() => [...document.querySelectorAll('.back-now:not([hidden]), .given-now')].flatMap((sign) => {
  const over = sign.getBoundingClientRect();
  return [...document.querySelectorAll('a:not(.skip), button, canvas, input, textarea, label')]
    .filter((e) => e !== sign && e.checkVisibility()).filter((e) => {
      const { top, bottom, left, right } = e.getBoundingClientRect();
      return top < over.bottom && bottom > over.top && left < over.right && right > over.left;
    }).map((e) => e.textContent.trim() || e.dataset.icon || e.className);
})"""
COMES = {
    "a page came back": "document.querySelector('[data-back-now]').hidden = false",
    "another activity": """document.querySelector('form[data-switch]')
      .before(document.querySelector('[data-new]').content.cloneNode(true))""",
}

GONE = "document.querySelector('[data-back-now]').hidden = true; document.querySelector('.given-now')?.remove()"


@pytest.mark.parametrize("place, who, child", [("cpb", "teacher", "child_adam"), ("gs", "head", "child_two_one")])
def test_what_comes_in_the_header_covers_nothing_and_moves_nothing(world, browser, live_server, place, who, child):
    """The two signs together, beside each of the four tools."""
    _, client = seated(world, open_lesson(world, who, place, activity="page", title="Dessine ta cabane"), child)
    page = of_pupil(browser, live_server, client)
    page.route("**/seance/pouls/", lambda route: route.abort())
    for tool in ("dessin", "texte", "voix", "photo"):
        page.goto(f"{reverse('lessons:make')}?outil={tool}")
        if tool == "dessin":
            page.locator("canvas").wait_for()
        page.evaluate("document.fonts.ready")
        for width, height in ((360, 740), (360, 800), (768, 1024), *SCREENS):
            page.set_viewport_size({"width": width, "height": height})
            page.evaluate(GONE)
            before = page.evaluate(PLACES)
            for what, comes in COMES.items():
                page.evaluate(comes)
                assert page.evaluate(UNDER) == [], (tool, width, height, what)
                assert page.evaluate(PLACES) == before, (tool, width, height, what)
            assert_no_sideways_scroll(page)
            sides = [sign.bounding_box() for sign in page.locator(".back-now, .given-now").all()]
            assert all(min(side["width"], side["height"]) >= (96 if place == "gs" else 56) for side in sides), sides


# As a demonstration has it: the highest a header is.
BANNER = """() => document.querySelector('header')
  .insertAdjacentHTML('afterbegin', '<p class="banner"><span class="wrap">Personnes fictives</span></p>')"""


def test_sixteen_pictures_are_all_seen_after_a_wrong_try_too(world, browser, live_server):
    lina, client = world.people["child_lina"], Client()
    people.give_codes(pupils=[lina], person=world.people["teacher"], now=now())
    join(open_lesson(world), client, accepted_by=world.people["teacher"])
    page = of_pupil(browser, live_server, client)
    for tries in range(2):
        page.goto(reverse("lessons:pupil", args=[lina.pk]))
        if tries:
            for _ in range(4):
                page.locator(".pic[value=key]").click()
            page.locator(".said").wait_for()
            page.wait_for_load_state()  # with its sheets
        page.evaluate(BANNER)
        for width, height in ((768, 1024), *SCREENS):
            page.set_viewport_size({"width": width, "height": height})
            pictures = [each.bounding_box() for each in page.locator(".pic, .four li").all()]
            assert len(pictures) == 20 and max(box["y"] + box["height"] for box in pictures) <= height, (width, tries)
            assert min(min(box["width"], box["height"]) for box in pictures) >= 64
            assert page.evaluate("document.documentElement.scrollHeight") <= height


def test_large_letters_fit_a_telephone(world, browser, live_server):
    """Spaced, in OpenDyslexic: the widest there are."""
    adam = world.people["child_adam"]
    PupilDisplay.objects.create(pupil=adam, is_spaced=True, font=PupilDisplay.Font.OPEN_DYSLEXIC)
    _, client = seated(world, open_lesson(world, activity="page", title="Raconte"), "child_adam")
    page = of_pupil(browser, live_server, client)
    for width in (360, NARROWEST):
        page.set_viewport_size({"width": width, "height": 740})
        page.goto(reverse("lessons:make"))
        page.evaluate("document.fonts.ready")
        assert_no_sideways_scroll(page)
        page.locator('.make[href*="voix"]').click()
        page.get_by_role("button", name="Enregistrer ma voix").wait_for()
        assert_no_sideways_scroll(page)
        page.evaluate(";".join(COMES.values()))
        assert_no_sideways_scroll(page)
        assert page.evaluate(UNDER) == []


def test_who_does_not_read_sees_on_each_part_who_made_it(world, browser, live_server):
    lesson = open_lesson(world, "head", "gs")
    device, client = seated(world, lesson, "child_two_one")
    work, (other, _) = keep(device).work, seated(world, lesson, add_pupil(world))
    actions.invite(device=Device.objects.get(pk=device.pk), work_id=work.pk, pupil_id=other.pupil_id, now=now())
    page = of_pupil(browser, live_server, client)
    for width in (NARROWEST, 1024):
        page.set_viewport_size({"width": width, "height": 600})
        page.goto(f"{live_server.url}{reverse('lessons:make')}?page={work.pk}")
        piece, sign = (page.locator(found).bounding_box() for found in (".piece", ".piece > .sign"))
        assert piece["y"] < sign["y"] and sign["y"] + sign["height"] <= piece["y"] + piece["height"] + 1, (piece, sign)
        assert piece["x"] < sign["x"] and sign["x"] + sign["width"] <= piece["x"] + piece["width"] + 1, (piece, sign)
