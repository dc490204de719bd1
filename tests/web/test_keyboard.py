"""The main pages by keyboard alone, at two widths: one always sees where one is, and every gesture can be made."""

import pytest
from django.urls import reverse

from preau.ent.posts.models import Post
from tests.browser import WIDTHS, open_page
from tests.ent.posts.test_actions import publish
from tests.journeys.hands import FOCUS
from tests.plan.loans.conftest import add_kits
from tests.plan.priorities.conftest import Scene as Ranking

pytestmark = [
    pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("no_holidays"),
]  # fmt: skip


def walk(page, most=120):
    """Each stop of the Tab key until the page's end."""
    stops = []
    for _ in range(most):
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUS)
        if stop is None or stop in stops[:1]:
            break
        stops.append(stop)
    return stops


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", ["teacher", "head", "guardian", "city_education", None])
def test_one_always_sees_where_one_is(browser, live_server, world, name, width):
    publish(world)
    path = "/aujourdhui/" if name else "/"
    page = open_page(browser, live_server, path, width=width, account=name and world.account(name))
    stops = walk(page)
    assert stops[0]["words"] == "Aller au contenu" and len(stops) > 8
    assert [stop["words"] for stop in stops if not stop["seen"]] == []


@pytest.mark.parametrize("width", WIDTHS)
def test_the_plan_is_walked_by_keys_and_a_list_is_ordered_by_number(browser, live_server, world, width):
    add_kits(world.cities["marelle"])
    draft = Ranking(world).open()
    ranking = reverse("priorities:list_detail", args=[draft.pk])
    for name, path in (("teacher", "/plan/malles/"), ("city_it", "/plan/accueil/"), ("dsden", ranking)):
        page = open_page(browser, live_server, path, width=width, account=world.account(name))
        stops = walk(page)
        assert stops[0]["words"] == "Aller au contenu" and len(stops) > 8, path
        assert [stop["words"] for stop in stops if not stop["seen"]] == [], path
    page.evaluate("document.querySelectorAll('main details').forEach((each) => (each.open = true))")
    # What can be dragged has a number to type.
    assert page.locator("main [draggable=true]").count() == page.locator("main input[name=rank]").count() == 4


def test_the_first_key_leads_to_the_page_and_the_list_closes_where_it_was_opened(browser, live_server, world):
    page = open_page(browser, live_server, "/aujourdhui/", account=world.account("teacher"))
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "contenu"
    page.focus("details.face summary")
    page.keyboard.press("Enter")
    assert page.locator("details.face[open]").count() == 1
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('details.face') !== null")
    page.keyboard.press("Escape")
    assert page.locator("details.face[open]").count() == 0
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"


def test_a_sentence_is_published_without_a_mouse(browser, live_server, world):
    room = world.classrooms["cpb"]
    page = open_page(browser, live_server, "/aujourdhui/", account=world.account("teacher"))
    go_to(page, "Publier")
    page.keyboard.press("Enter")
    page.wait_for_url("**" + reverse("posts:classroom_publish", args=[room.pk]))
    go_to(page, "text", by="name")
    page.keyboard.type("Nous avons planté des radis.")
    go_to(page, "Publier")
    page.keyboard.press("Enter")
    page.wait_for_url("**/vie/?fait=*")
    assert Post.objects.get().publication.state == "published"


def go_to(page, words, by="textContent"):
    """Tab after Tab to the thing that says these words."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("by => (document.activeElement[by] ?? '').trim()", by).startswith(words):
            return
    raise AssertionError(f"{words} is out of the keyboard's reach on {page.url}")
