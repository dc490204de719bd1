"""In a browser, on a tablet of 1024 × 600: four pictures let in, a drawing and a voice are kept by
themselves."""

import pytest
from django.urls import reverse
from django.utils.timezone import now

from preau.ent.lessons import actions
from preau.ent.lessons.models import Work, WorkPart
from preau.people import actions as people
from tests.browser import assert_no_sideways_scroll
from tests.ent.lessons.acts import cookies_of, join, open_lesson
from tests.ent.lessons.test_works import seated
from tests.ent.lessons.works import Sort, drawn, keep, recorded

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
# A microphone that hums, where there is none.
HUMS = """navigator.mediaDevices.getUserMedia = async () => {
  const sound = new AudioContext(), hum = sound.createOscillator(), end = sound.createMediaStreamDestination();
  hum.connect(end); hum.start(); await sound.resume();
  return end.stream;
};"""
LARGE = 96


def tablet_of(browser, live_server, client):
    context = browser.new_context(viewport={"width": 1024, "height": 600}, has_touch=True)
    context.add_cookies([{"name": n, "value": v, "url": live_server.url} for n, v in cookies_of(client).items()])
    context.add_init_script(HUMS)
    return context.new_page()


def test_a_drawing_and_a_voice_are_kept_without_a_button(world, browser, live_server):
    _, client = seated(world, open_lesson(world, title="Dessine ta cabane", activity="page"), "child_adam")
    page = tablet_of(browser, live_server, client)
    page.goto(live_server.url + reverse("lessons:make"))
    boxes = [tile.bounding_box() for tile in page.locator(".make").all()]
    assert len(boxes) == 4 and min(min(box["width"], box["height"]) for box in boxes) >= LARGE
    assert_no_sideways_scroll(page)
    page.get_by_role("link", name="Dessiner").click()
    sheet = page.locator("canvas").bounding_box()
    assert sheet["y"] + sheet["height"] <= 600  # the whole sheet, without scrolling
    for step in (60, 120):
        page.mouse.move(sheet["x"] + step, sheet["y"] + step)
        page.mouse.down()
        page.mouse.move(sheet["x"] + step + 80, sheet["y"] + step + 30)
        page.mouse.up()
    page.get_by_text("C’est gardé.").wait_for()  # nothing was pressed
    page.get_by_role("link", name="Retour").click()
    page.locator(".made img").wait_for()
    page.get_by_role("link", name="Parler").click()
    page.get_by_role("button", name="Enregistrer ma voix").click()
    page.get_by_role("button", name="Arrêter", exact=True).click()  # no count of seconds before a child
    page.locator(".made audio").wait_for()
    assert [part.sort for part in WorkPart.objects.order_by("rank")] == [Sort.DRAWING, Sort.VOICE]
    page.get_by_role("button", name="J’ai fini", exact=True).click()
    page.get_by_text("Ta maîtresse ou ton maître relit").first.wait_for()
    assert Work.objects.get().state == Work.State.FINISHED


INKED = """() => {
  const sheet = document.querySelector("canvas");
  const seen = sheet.getContext("2d").getImageData(0, 0, sheet.width, sheet.height).data;
  return seen.some((value, place) => place % 4 === 0 && value !== seen[0]);
}"""


def test_a_pause_covers_what_is_drawn_and_gives_it_back(world, browser, live_server):
    lesson = open_lesson(world, title="Dessine ta cabane", activity="page")
    _, client = seated(world, lesson, "child_adam")
    page = tablet_of(browser, live_server, client)
    page.goto(live_server.url + reverse("lessons:make"))
    page.get_by_role("link", name="Dessiner").click()
    sheet = page.locator("canvas").bounding_box()
    assert not page.evaluate(INKED)
    page.mouse.move(sheet["x"] + 60, sheet["y"] + 60)
    page.mouse.down()
    page.mouse.move(sheet["x"] + 160, sheet["y"] + 90)
    page.mouse.up()
    address = page.url
    lead = {"person": world.people["teacher"], "now": now()}
    lesson.refresh_from_db()
    actions.lead_lesson(lesson=lesson, is_paused=True, **lead)
    page.locator(".paused").wait_for()
    page.keyboard.press("Tab")
    assert page.evaluate("!document.activeElement.closest('header, main')")  # nothing under it answers
    lesson.refresh_from_db()
    actions.lead_lesson(lesson=lesson, is_paused=False, **lead)
    page.locator(".paused").wait_for(state="detached")
    assert page.url == address and page.evaluate(INKED)
    page.get_by_role("link", name="Retour").click()
    page.locator(".made img").wait_for()
    assert WorkPart.objects.count() == 1


def test_a_pause_ends_the_voice_under_way(world, browser, live_server):
    """Else it would hold what the teacher says to the class."""
    lesson = open_lesson(world, title="Raconte", activity="page")
    _, client = seated(world, lesson, "child_adam")
    page = tablet_of(browser, live_server, client)
    page.goto(live_server.url + reverse("lessons:make"))
    page.get_by_role("link", name="Parler").click()
    page.get_by_role("button", name="Enregistrer ma voix").click()
    page.get_by_role("button", name="Arrêter", exact=True).wait_for()
    lesson.refresh_from_db()
    actions.lead_lesson(person=world.people["teacher"], lesson=lesson, is_paused=True, now=now())
    page.locator(".paused").wait_for()
    page.wait_for_url(live_server.url + reverse("lessons:make") + "*")  # kept, and shown in its page
    assert WorkPart.objects.get().sort == Sort.VOICE


def test_the_next_activity_is_shown_and_said_and_moves_no_sheet(world, browser, live_server):
    lesson = open_lesson(world, "head", "gs", title="Dessine ta cabane", activity="page")
    _, client = seated(world, lesson, "child_two_one")
    page = tablet_of(browser, live_server, client)
    page.goto(live_server.url + reverse("lessons:make"))
    page.get_by_role("link", name="Dessiner").click()
    sheet = page.locator("canvas").bounding_box()
    page.evaluate("addEventListener('say', ({ detail }) => (window.heard = detail.dataset.words))")
    lesson.refresh_from_db()
    given = {"activity": "page", "title": "Dessine un bateau", "link": "", "files": ()}
    actions.lead_lesson(person=world.people["head"], lesson=lesson, now=now(), **given)
    sign = page.locator("header .given-now")
    sign.wait_for()
    assert page.evaluate("heard") == "À faire" and sign.locator("svg").is_visible()
    assert page.locator("canvas").bounding_box() == sheet
    sign.click()
    page.get_by_role("heading", name="Dessine un bateau").wait_for()


HUSHED = """() => {
  const voice = document.querySelector('audio');
  voice.play().catch(() => {});
  return new Promise((done) => setTimeout(() => done(voice.muted), 200));
}"""


def test_a_pause_covers_a_picture_seen_whole_and_answers_to_no_key(world, browser, live_server):
    lesson = open_lesson(world, "head", "gs", activity="page")
    device, client = seated(world, lesson, "child_two_one")
    keep(device, sort=Sort.DRAWING, made=drawn())
    page = tablet_of(browser, live_server, client)
    page.goto(live_server.url + reverse("lessons:make"))
    page.locator("dialog").evaluate("(large) => large.showModal()")
    address = page.url
    lesson.refresh_from_db()
    actions.lead_lesson(person=world.people["head"], lesson=lesson, is_paused=True, now=now())
    page.locator(".paused").wait_for()
    assert page.evaluate("document.elementFromPoint(512, 300).closest('.paused') !== null")
    page.evaluate("addEventListener('say', () => (window.heard = true))")
    for key in ("ArrowRight", "ArrowDown", "Enter"):
        page.keyboard.press(key)
    assert page.evaluate("window.heard") is None and page.url == address


def test_a_long_pause_puts_nobody_out_and_what_is_given_meanwhile_waits(world, browser, live_server):
    lesson = open_lesson(world, "head", "gs", title="Dessine ta cabane", activity="page")
    _, client = seated(world, lesson, "child_two_one")
    page = tablet_of(browser, live_server, client)
    page.clock.install()
    page.goto(live_server.url + reverse("lessons:home"))
    page.evaluate("addEventListener('say', ({ detail }) => (window.heard = detail.dataset?.words ?? detail))")
    said, given = (
        {"person": world.people["head"], "now": now()},
        {"title": "Dessine un bateau", "link": "", "files": ()},
    )

    def lead(**what):
        lesson.refresh_from_db()
        actions.lead_lesson(lesson=lesson, **said, **what)
        page.clock.run_for(4_000)

    lead(is_paused=True)
    page.locator(".paused").wait_for()
    page.clock.run_for(600_000)
    lead(activity="page", **given)
    assert page.url.endswith(reverse("lessons:home")) and page.evaluate("heard") == "look-up"
    assert page.get_by_role("heading", name="Dessine un bateau", include_hidden=True).count() == 0
    lead(is_paused=False)
    page.get_by_role("heading", name="Dessine un bateau").wait_for()


def test_the_sound_that_is_cut_is_cut_for_every_voice(world, browser, live_server, monkeypatch):
    """Of who reads, who has the browser's own commands: one that plays, and one that is started then."""
    lesson = open_lesson(world, activity="page")
    device, client = seated(world, lesson, "child_adam")
    monkeypatch.setattr("preau.media.voices.write_again", lambda content, most: (b"\xff\xf3" + bytes(900), 3))
    monkeypatch.setattr("preau.media.voices.programme", lambda: "ffmpeg")
    actions.settle_part(part=keep(device, sort=Sort.VOICE, made=recorded()), now=now())
    page = tablet_of(browser, live_server, client)
    page.goto(live_server.url + reverse("lessons:make"))
    assert page.evaluate(HUSHED) is False
    for is_muted in (True, False):
        lesson.refresh_from_db()
        actions.lead_lesson(person=world.people["teacher"], lesson=lesson, is_muted=is_muted, now=now())
        page.locator("html[data-muted]" if is_muted else "html:not([data-muted])").wait_for()
        assert page.evaluate("document.querySelector('audio').muted") is is_muted
        assert page.evaluate(HUSHED) is is_muted
    lesson.refresh_from_db()
    actions.lead_lesson(person=world.people["teacher"], lesson=lesson, is_muted=True, now=now())
    page.reload()
    assert page.evaluate(HUSHED) is True


def test_four_pictures_let_in_in_the_order_they_are_touched(world, browser, live_server, client):
    adam, teacher = world.people["child_adam"], world.people["teacher"]
    code = give_code(adam, teacher)
    join(open_lesson(world), client, accepted_by=teacher)
    page = tablet_of(browser, live_server, client)
    page.goto(live_server.url + reverse("lessons:pupil", args=[adam.pk]))
    touch(page, code[::-1])
    page.locator(".said").wait_for()
    page.wait_for_load_state()  # with its sheets
    assert max(one.bounding_box()["y"] + one.bounding_box()["height"] for one in page.locator(".pic").all()) <= 600
    touch(page, code)
    page.wait_for_url(live_server.url + reverse("lessons:home"))


def touch(page, pictures):
    for picture in pictures:
        page.locator(f"button[value={picture}]").click()


def give_code(pupil, teacher):
    """Four pictures that differ: read in another order, they are not the code."""
    again = False
    while (
        len(set(code := list(people.give_codes(pupils=[pupil], person=teacher, now=now(), again=again)[pupil.pk]))) < 4
    ):
        again = True
    return code
