"""In a browser: a page comes back while its pupil makes another one, and nothing is taken from their hands."""

from time import monotonic

import pytest
from django.urls import reverse
from django.utils.timezone import now
from playwright.sync_api import expect

from preau.ent.lessons import actions
from preau.ent.lessons.models import WorkPart
from preau.people.models import Person
from tests.browser import assert_accessible, new_page
from tests.ent.lessons.acts import cookies_of, open_lesson
from tests.ent.lessons.test_given_back import give_back, made
from tests.ent.lessons.test_works import seated

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LISTEN = "addEventListener('say', ({ detail }) => (self.heard ??= []).push(detail.dataset?.key ?? detail))"


def tablet_of(world, browser, live_server, lesson, child):
    device, client = seated(world, lesson, child)
    page = new_page(browser, live_server)
    page.context.add_cookies([{"name": n, "value": v, "url": live_server.url} for n, v in cookies_of(client).items()])
    page.add_init_script(LISTEN)
    return device, page


@pytest.mark.parametrize("place, who, child", [("cpb", "teacher", "child_adam"), ("gs", "head", "child_two_one")])
def test_it_is_shown_and_said_beside_what_is_made(world, browser, live_server, place, who, child):
    lesson = open_lesson(world, who, place)
    device, page = tablet_of(world, browser, live_server, lesson, child)
    first, last = made(device), made(device, "Mon chat")
    page.set_viewport_size({"width": 1024, "height": 600})
    page.goto(live_server.url + reverse("lessons:home"))
    page.wait_for_function("() => sessionStorage.getItem('preau-pages-rendues') === '0'")
    page.goto(f"{live_server.url}{reverse('lessons:make')}?outil=texte")
    field, sign = page.locator("textarea"), page.locator("[data-back-now]")
    field.fill("Il était une fois")
    before = field.bounding_box()
    assert sign.is_hidden()
    give_back(world, first, who)
    expect(sign).to_be_visible()
    assert page.evaluate("heard") == ["page-back"] and field.bounding_box() == before
    assert field.input_value() == "Il était une fois" and field.evaluate("(e) => e === document.activeElement")
    assert sign.bounding_box()["height"] >= (96 if place == "gs" else 44)
    assert_accessible(page)
    field.fill("Il était une fois un chat")
    page.reload()
    expect(sign).to_be_visible()
    assert not page.evaluate("self.heard")  # said once
    field.fill("Il était une fois un chat gris")
    sign.click()
    page.wait_for_url(f"**/seance/moi/faire/?page={first.pk}")
    expect(page.locator("html")).to_have_attribute("data-kept", "0")  # what waited on the device has left
    assert WorkPart.objects.exclude(work__in=[first, last]).filter(text="Il était une fois un chat gris").exists()
    expect(sign).to_be_hidden()
    page.wait_for_function("() => sessionStorage.getItem('preau-pages-rendues') === '1'")
    give_back(world, last, who)
    expect(sign).to_be_visible()  # another one
    page.locator(".hold", has_text="Maison").click()
    expect(page.locator(".came-back")).to_be_visible()
    page.wait_for_function("() => sessionStorage.getItem('preau-pages-rendues') === '2'")


def test_who_leaves_while_it_is_sent_waits_for_the_answer(world, browser, live_server):
    lesson = open_lesson(world)
    _, page = tablet_of(world, browser, live_server, lesson, "child_adam")
    page.add_init_script("delete Navigator.prototype.locks")  # a browser that keeps nothing of a page under way
    page.goto(f"{live_server.url}{reverse('lessons:make')}?outil=texte")
    sent = []
    page.route(
        lambda url: True, lambda route: sent.append(route) if route.request.method == "POST" else route.continue_()
    )
    page.locator("textarea").fill("Il était une fois")
    until = monotonic() + 20
    while not sent and monotonic() < until:
        page.wait_for_timeout(50)
    here = page.url
    page.locator("a[href]:not(.skip):visible").first.click(no_wait_after=True)
    page.wait_for_timeout(300)
    assert page.url == here and not WorkPart.objects.exists()
    sent[0].continue_()
    page.wait_for_url(lambda url: url != here)
    assert WorkPart.objects.get().text == "Il était une fois"


def test_the_first_page_is_read_again_and_the_next_pupil_is_told_of_theirs_alone(world, browser, live_server):
    lesson = open_lesson(world)
    device, page = tablet_of(world, browser, live_server, lesson, "child_adam")
    work = made(device)
    page.goto(live_server.url + reverse("lessons:home"))
    expect(page.locator("html")).to_have_attribute("data-kept", "0")
    assert page.locator(".came-back").count() == 0
    give_back(world, work)
    expect(page.locator(".came-back")).to_be_visible()  # by itself
    page.get_by_role("button", name="À toi !", exact=True).click()
    expect(page.locator(".class")).to_be_visible()
    page.wait_for_function("() => sessionStorage.getItem('preau-pages-rendues') === null")
    actions.enter(device=device, pupil_id=Person.objects.get(pk=world.people["child_lina"].pk).pk, now=now())
