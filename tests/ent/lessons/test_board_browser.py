"""In a browser: the board is read again while what was said to the pupils is heard."""

import pytest
from django.urls import reverse
from django.utils.timezone import now

from preau.ent.lessons import actions
from preau.media.documents import Document
from tests.browser import new_page
from tests.ent.lessons.acts import open_lesson
from tests.ent.lessons.test_works import seated

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PARTS = "() => [...document.querySelector('#tableau').children].map((each) => each.className)"
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
