"""The head of a page on a telephone: short, everything of it within reach, the door of the page in sight."""

import pytest
from django.urls import reverse

from preau.kit.rooms.doors import Door
from preau.places.models import School
from preau.web import navigation
from tests.browser import assert_no_sideways_scroll, open_page
from tests.ent.posts.test_actions import picture, publish

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
HIGHEST = 120
OF_PUPILS = 130  # what a pupil touches is 56 px high (users.md rule 1)
OF_SITES = 138  # one line of text more: the kind of school, to who comes from a search
LONG = "Circonscription fictive de démonstration"
ACTORS = (
    "teacher", "head", "guardian", "city_it", "pedagogical_adviser", "elected", "ia_dasen_deputy", "parents_federation",
    "operator", "pupil_cm2",
)  # fmt: skip
HEAD = "document.querySelector('main').getBoundingClientRect().top"
IN_SIGHT = """() => {
  const row = document.querySelector('.doors > ul').getBoundingClientRect();
  const here = document.querySelector('.doors [aria-current]').getBoundingClientRect();
  return here.left >= row.left - 1 && here.right <= row.right + 1;
}"""

# What passes the edge, but for what one scrolls, what is only heard, and a menu that is closed.
BEYOND = """() => {
  const scrolls = e => e && (['auto', 'scroll'].includes(getComputedStyle(e).overflowX) || scrolls(e.parentElement));
  return [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > 361 && !scrolls(e)
    && e.checkVisibility() && !e.closest('.only-heard, details:not([open]) > *')).map(e => e.outerHTML.slice(0, 80));
}"""


def test_the_head_is_short_for_every_role(world, browser, live_server):
    """Measured with the longest names of places."""
    for each in (*world.schools.values(), *world.cities.values(), *world.districts.values()):
        type(each).objects.filter(pk=each.pk).update(name=LONG)
    School.objects.update(shown_name=f"{LONG}, élémentaire")
    highs = {}
    for name in ACTORS:
        page = open_page(browser, live_server, "/aujourdhui/", width=360, account=world.account(name))
        assert_no_sideways_scroll(page)
        highs[name] = page.evaluate(HEAD)
        page.context.close()
    assert {name: high for name, high in highs.items() if high > (OF_PUPILS if name == "pupil_cm2" else HIGHEST)} == {}
    page = open_page(browser, live_server, "/ecoles/tilleuls/", width=360)
    assert page.evaluate(HEAD) <= OF_SITES


def test_a_school_named_in_three_lines_is_named_whole(world, browser, live_server):
    """What hides is the town after it, without « … » over the last letters of the name."""
    School.objects.update(name="Montmidi", shown_name="Montmidi, élémentaire")
    page = open_page(browser, live_server, "/aujourdhui/", width=360, account=world.account("head"))
    place, name = page.locator(".place > span"), page.locator(".place b")
    assert name.inner_text() == "École Montmidi, élémentaire"
    assert place.evaluate("e => getComputedStyle(e).webkitLineClamp") == "none", "it would cut the name for the town"
    bottom, last = (box["y"] + box["height"] for box in (place.bounding_box(), name.bounding_box()))
    assert last <= bottom + 1 and name.evaluate("e => e.scrollHeight <= e.clientHeight + 1")


@pytest.mark.parametrize("javascript", [True, False])
def test_the_doors_are_pulled_to_the_one_of_the_page(world, browser, live_server, javascript):
    account = world.account("teacher")
    path = reverse("notes:classroom_notes", args=[world.classrooms["cpb"].pk])
    page = open_page(browser, live_server, path, width=360, account=account, javascript=javascript)
    row = page.locator(".doors > ul")
    assert row.evaluate("e => e.scrollWidth > e.clientWidth")
    assert page.evaluate(IN_SIGHT) and page.evaluate("scrollY") == 0
    page.locator(".doors a").first.focus()
    assert row.evaluate("e => e.scrollLeft") == 0


@pytest.mark.parametrize("width", [360, 1280])
def test_plus_opens_without_script_and_within_the_page(world, browser, live_server, monkeypatch, width):
    more = tuple(Door(200 + number, f"Salle numéro {number}", "privacy", None) for number in range(3))
    known = navigation._declared_for
    monkeypatch.setattr(navigation, "_declared_for", lambda kind, role: known(kind, role) + more)
    page = open_page(
        browser, live_server, "/donnees-personnelles/", width=width, account=world.account("city_it"), javascript=False
    )
    page.locator(".doors summary").click()
    last = page.locator(".doors details a").last
    assert last.inner_text() == "Salle numéro 2" and last.is_visible()
    box = last.bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= width
    assert_no_sideways_scroll(page)


def test_the_doors_of_families_stand_at_the_thumb(world, browser, live_server):
    """Five that are touched without pulling, « Plus » among them, which opens above; what has the focus is not under
    them. A wide screen has them at the head, without pictures."""
    account = world.account("guardian")
    page = open_page(browser, live_server, "/messages/", width=360, account=account, javascript=False)
    places = page.locator(".doors > ul > li > a, .doors summary")
    boxes = [place.bounding_box() for place in places.all()]
    assert len(boxes) == 5 and page.locator(".doors > ul .icon").count() == 4
    assert all(box["x"] >= 0 and box["x"] + box["width"] <= 360 and box["y"] + box["height"] <= 800 for box in boxes)
    top = min(box["y"] for box in boxes)
    assert top > 700 and page.locator(".doors > ul .icon").first.is_visible()
    page.locator("footer a").last.focus()
    focused = page.locator("footer a").last.bounding_box()
    assert focused["y"] + focused["height"] <= top
    page.locator(".doors summary").click()
    more = page.locator(".doors details a")
    assert "Absences" in more.all_inner_texts() and more.last.bounding_box()["y"] < top and more.last.is_visible()
    page.set_viewport_size({"width": 1280, "height": 800})
    assert places.first.bounding_box()["y"] < 200 and not page.locator(".doors > ul .icon").first.is_visible()


def test_larger_letters_move_the_face_below_and_hide_nothing(world, browser, live_server):
    page = open_page(browser, live_server, "/plan/accueil/", width=360, account=world.account("head"))
    page.evaluate("document.documentElement.style.setProperty('--root', '225%')")
    page.locator("details.face summary").click()
    leave = page.locator("form[data-exit] button")
    leave.scroll_into_view_if_needed()
    box = leave.bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= 360
    widths = page.locator(".head > *").evaluate_all("all => all.map(e => e.getBoundingClientRect().right)")
    assert max(widths) <= 360


def test_at_twice_the_letters_no_home_is_cut(world, browser, live_server):
    """Neither scrolls sideways nor hides a verb beyond the edge of its bar, which scrolls as the doors do."""
    publish(world, pictures=[picture()])
    cut = {}
    for name in ACTORS:
        page = open_page(browser, live_server, "/aujourdhui/", width=360, account=world.account(name))
        page.evaluate("document.documentElement.style.setProperty('--root', '225%')")
        assert_no_sideways_scroll(page)
        cut[name] = page.evaluate(BEYOND)
        page.context.close()
    assert {name: found for name, found in cut.items() if found} == {}
