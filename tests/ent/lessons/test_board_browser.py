"""In a browser: the board is read again while what was said to the pupils is heard; the wall shows whole pages."""

import datetime
import uuid

import pytest
from django.urls import reverse
from django.utils.timezone import now

from preau.ent.lessons import actions
from preau.ent.lessons.models import Device
from preau.media.documents import Document
from tests.browser import new_page
from tests.ent.lessons.acts import open_lesson
from tests.ent.lessons.test_browser import tablet_of
from tests.ent.lessons.test_works import seated
from tests.ent.lessons.works import Sort, drawn, keep

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PARTS = "() => [...document.querySelector('#tableau').children].map((each) => each.className)"
SORTS, LONG = {"d": Sort.DRAWING, "t": Sort.TEXT}, "La poule rousse picore le grain dans la cour de la ferme. " * 6
MARK = "document.querySelector('.told audio').dataset.heard"


def test_a_hand_goes_up_and_the_voice_goes_on(world, browser, live_server):
    lesson = open_lesson(world, activity="page", recording=(Document("mp3", b"ID3" + bytes(300)), "Message vocal"))
    device, _ = seated(world, lesson, "child_adam")
    page = new_page(browser, live_server, account=world.account("teacher"))
    page.goto(reverse("lessons:board", args=[lesson.pk]))
    page.evaluate(f"{MARK} = 'on'")
    actions.raise_hand(device=device, is_up=True, now=now())
    page.get_by_text("lève la main").first.wait_for()
    assert page.evaluate(MARK) == "on"  # the same element: taken out and put back, a browser stops it
    read = page.evaluate(PARTS)
    page.reload()
    assert page.evaluate(PARTS) == read and page.evaluate(MARK) is None
    actions.take_voice_back(person=world.people["teacher"], lesson=lesson, now=now())
    page.locator(".told audio").wait_for(state="detached")


def test_a_hand_that_an_adult_lowers_is_down_on_the_tablet_too(world, browser, live_server):
    device, client = seated(world, open_lesson(world), "child_adam")
    page = tablet_of(browser, live_server, client)
    page.goto(live_server.url + reverse("lessons:home"))
    page.get_by_role("button", name="J’ai besoin d’aide", exact=True).click()
    page.get_by_role("button", name="Main levée", exact=True).wait_for()
    actions.lower_hand(person=world.people["teacher"], device=device, now=now())
    page.get_by_role("button", name="J’ai besoin d’aide", exact=True).wait_for()  # one touch raises it again


def test_a_tablet_that_falls_silent_is_told_without_a_touch(world, browser, live_server):
    lesson = open_lesson(world, activity="page")
    seated(world, lesson, "child_adam")
    page = new_page(browser, live_server, account=world.account("teacher"))
    page.clock.install()
    page.goto(reverse("lessons:board", args=[lesson.pk]))
    page.get_by_text("Pas de réseau").wait_for(state="detached")
    Device.objects.update(seen_at=now() - datetime.timedelta(minutes=2))
    page.clock.run_for(31_000)
    page.get_by_text("Pas de réseau").first.wait_for()


# Of each page on the wall, whether all its pictures and the first line of its words are inside it, without scrolling.
INSIDE = """() => [...document.querySelectorAll('.shown > li')].flatMap((page) => {
  const [top, bottom] = [page.getBoundingClientRect().top, page.getBoundingClientRect().bottom];
  const seen = [...page.querySelectorAll('img')].map((each) => each.getBoundingClientRect());
  const read = [...page.querySelectorAll('p')].map((each) => each.getBoundingClientRect());
  const isWhole = (box) => box.top >= top && box.bottom <= bottom && box.height > 60;
  return [...seen.map(isWhole), ...read.map((box) => box.top >= top)];
})"""


def test_a_page_of_several_pictures_is_whole_on_the_wall(world, browser, live_server):
    lesson, works = open_lesson(world, activity="page"), [uuid.uuid4(), uuid.uuid4()]
    for child, work, sorts in zip(("child_adam", "child_lina"), works, ("dddddd", "t"), strict=True):
        device, _ = seated(world, lesson, child)
        for sort in sorts:
            keep(device, work, sort=SORTS[sort], made=drawn() if sort == "d" else LONG)
    page = new_page(browser, live_server, account=world.account("teacher"))
    page.set_viewport_size({"width": 1280, "height": 720})
    for asked, count in ((works[:1], 6), (works, 7)):
        page.goto(f"{reverse('lessons:projection', args=[lesson.pk])}?pages={','.join(map(str, asked))}")
        page.wait_for_function("[...document.images].every((each) => each.complete)")
        assert page.evaluate(INSIDE) == [True] * count


WHOLE = """() => [...document.querySelectorAll('.shown > li')].map((page) => {
  const [words, size] = [page.querySelector('p'), parseFloat(getComputedStyle(page.querySelector('p')).fontSize)];
  return size >= 32 && words.getBoundingClientRect().bottom <= page.getBoundingClientRect().bottom;
})"""


def test_words_side_by_side_are_read_whole_on_the_wall(world, browser, live_server):
    """Cut in the middle of a line, nothing says on a wall that the rest can be scrolled."""
    lesson = open_lesson(world, activity="page")
    device, _ = seated(world, lesson, "child_adam")
    for _ in range(4):
        keep(device, uuid.uuid4(), made=LONG[:115])
    page = new_page(browser, live_server, account=world.account("teacher"))
    page.set_viewport_size({"width": 1280, "height": 720})
    page.goto(reverse("lessons:projection", args=[lesson.pk]))
    page.get_by_role("link", name="Quatre").click()
    page.wait_for_function("document.querySelectorAll('.shown > li').length === 4")
    page.evaluate("document.fonts.ready.then(() => 0)")
    assert page.evaluate(WHOLE) == [True] * 4
    assert page.get_by_role("link", name="Quatre").get_attribute("aria-current") == "page"


def test_who_reads_over_reads_the_whole_text_without_scrolling_in_it(world, browser, live_server):
    device, _ = seated(world, open_lesson(world), "child_adam")
    work = keep(device, made=LONG).work
    page = new_page(browser, live_server, account=world.account("teacher"))
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 740})
        page.goto(reverse("lessons:work", args=[work.pk]))
        words = page.locator(".made .words")
        assert words.inner_text() == LONG.strip() and words.evaluate("(e) => e.scrollHeight <= e.clientHeight")


def test_what_one_activity_alone_asks_is_there_once_it_is_chosen(world, browser, live_server):
    lesson = open_lesson(world, activity="page")
    page = new_page(browser, live_server, account=world.account("teacher"))
    page.goto(reverse("lessons:activity", args=[lesson.pk]))
    link = page.get_by_label("Adresse du lien")
    assert not link.is_visible()
    page.get_by_label("Un lien", exact=True).check()
    assert link.is_visible()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.name") == "link"  # what comes next
    link.fill("pas une adresse")
    page.get_by_label("Choix libre", exact=True).check()
    assert not link.is_visible()
    page.get_by_role("button", name="Donner").click()
    page.get_by_text("1 réponse à corriger").wait_for()
    assert link.is_visible() and link.input_value() == "pas une adresse"


@pytest.mark.parametrize("width", [360, 768])
def test_each_command_of_the_board_is_one_line_on_a_phone(width, world, browser, live_server):
    lesson = open_lesson(world)
    page = new_page(browser, live_server, account=world.account("teacher"))
    page.set_viewport_size({"width": width, "height": 740})
    page.goto(reverse("lessons:board", args=[lesson.pk]))
    high = {each.inner_text(): each.bounding_box()["height"] for each in page.locator(".board-verbs .btn").all()}
    assert high["Regardez-moi"] == high["Couper le son"] == min(high.values()) < 80, high


@pytest.mark.parametrize(("width", "height"), [(360, 740), (768, 1024), (1024, 600), (1280, 720)])
def test_commands_stay_in_the_lower_third_of_the_wall(width, height, world, browser, live_server):
    """With six pages to choose from, the most that are offered."""
    lesson = open_lesson(world, activity="page", title="Dessine la cabane de tes rêves")
    device, _ = seated(world, lesson, "child_adam")
    for _ in range(6):
        keep(device, uuid.uuid4(), sort=Sort.TEXT, made=LONG)
    page = new_page(browser, live_server, account=world.account("teacher"))
    page.set_viewport_size({"width": width, "height": height})
    page.goto(reverse("lessons:projection", args=[lesson.pk]))
    boxes = [each.bounding_box() for each in page.locator(".commands .hold").all()]
    assert len(boxes) == 10 and min(box["y"] for box in boxes) >= height * 2 / 3, boxes
    assert min(min(box["width"], box["height"]) for box in boxes) >= 60


def test_a_tablet_whose_pages_follow_each_other_fast_is_heard_of(world, browser, live_server):
    _, client = seated(world, open_lesson(world), "child_adam")
    Device.objects.update(seen_at=now() - datetime.timedelta(seconds=19))
    page = tablet_of(browser, live_server, client)
    with page.expect_request("**/seance/nouvelles/", timeout=8_000):  # twenty seconds, had the page begun to count anew
        page.goto(live_server.url + reverse("lessons:home"))
