"""The follow-up of a mot as it is seen: numbers on one line, what to do side by side, guardians in one column."""

import pytest
from django.urls import reverse

from tests.browser import open_page
from tests.ent.notes.acts import send

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PLACES = """selector => [...document.querySelectorAll(selector)].map(e => e.getBoundingClientRect())
  .map(({ x, y }) => [Math.round(x), Math.round(y)])"""


def test_what_is_compared_stands_on_one_line(world, browser, live_server):
    note = send(world)
    path = reverse("notes:note_follow", args=[note.pk])
    page = open_page(browser, live_server, path, account=world.account("teacher"))
    numbers = page.evaluate(PLACES, ".hop i")
    assert len(numbers) == 4 and len({y for _, y in numbers}) == 1
    assert len({y for _, y in page.evaluate(PLACES, ".hop b")}) == 1
    (paper, paper_y), (reminder, reminder_y) = page.evaluate(PLACES, "main .card")
    assert paper < reminder and paper_y == reminder_y
    guardians = page.evaluate(PLACES, ".todo-parts ul")
    assert len(guardians) > 1 and len({x for x, _ in guardians}) == 1
