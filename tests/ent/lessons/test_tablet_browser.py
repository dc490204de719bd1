"""In a browser, on a tablet before a pupil is in: it aims at a square, its camera is refused, it is removed."""

import pytest
from django.urls import reverse
from django.utils.timezone import now
from playwright.sync_api import expect

from preau.ent.lessons import actions
from preau.ent.lessons.models import Device
from preau.people import actions as people
from tests.browser import new_page
from tests.ent.lessons.acts import cookies_of, enter, join, open_lesson

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
# What stands between two looks at the camera, on a tablet that reads codes; nobody lets the page see.
REFUSED = """self.BarcodeDetector = class {};
navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException("no", "NotAllowedError"));
"""
HEARD = """self.heard = [];
HTMLMediaElement.prototype.play = function () { heard.push(this.src); return Promise.resolve(); };"""


def test_a_square_opened_in_a_page_already_there_asks_too(world, browser, live_server):
    lesson = open_lesson(world)
    page = new_page(browser, live_server, width=1024)
    page.goto("/seance/")
    page.evaluate("(code) => { location.hash = code; }", "AAAAAA")
    page.get_by_text("Ce code n’ouvre aucune séance").first.wait_for()
    page.evaluate("(code) => { location.hash = code; }", lesson.code)
    expect(page).to_have_url(f"{live_server.url}{reverse('lessons:waiting')}")
    assert Device.objects.get().lesson == lesson


def test_a_camera_refused_is_said_and_pictures_still_serve(world, browser, live_server, client):
    adam, teacher = world.people["child_adam"], world.people["teacher"]
    code = people.give_codes(pupils=[adam], person=teacher, now=now())[adam.pk]
    device = join(open_lesson(world), client, accepted_by=teacher)
    page = tablet_of(browser, live_server, client)
    page.context.add_init_script(REFUSED)
    page.goto(reverse("lessons:grid"))
    said = page.locator("[data-camera-refused]")
    expect(said).to_be_hidden()
    page.get_by_role("button", name="Ma carte").click()
    expect(said).to_be_visible()
    assert "L’appareil photo ne répond pas. Touche ton image." in said.text_content()
    expect(page.get_by_role("button", name="Ma carte")).to_be_hidden()  # it would be refused again
    assert [each for each in page.evaluate("heard") if "no-camera" in each]
    page.locator(f'.kid[href$="{adam.pk}/"]').click()
    for picture in code:
        page.locator(f'.pic[value="{picture}"]').click()
    expect(page).to_have_url(f"{live_server.url}{reverse('lessons:home')}")
    device.refresh_from_db()
    assert device.pupil_id == adam.pk


def tablet_of(browser, live_server, client):
    page = new_page(browser, live_server, width=1024)
    page.context.add_init_script(HEARD)
    page.context.add_cookies([{"name": n, "value": v, "url": live_server.url} for n, v in cookies_of(client).items()])
    return page


def test_a_tablet_of_the_nursery_that_is_removed_says_whom_to_call(world, browser, live_server, client):
    head, lesson = world.people["head"], open_lesson(world, "head", "gs")
    client.post(reverse("lessons:join"), {"code": lesson.code})
    actions.accept_devices(person=head, lesson=lesson, numbers=[1], now=now())
    page = tablet_of(browser, live_server, client)
    page.goto(reverse("lessons:grid"))
    actions.remove_device(person=head, device=Device.objects.get(), now=now())
    page.get_by_text("Cette tablette est retirée de la séance.").wait_for()  # by its pulse
    assert [each for each in page.evaluate("heard") if "ask-an-adult" in each]
    again = page.get_by_role("link", name="Rejoindre une séance")
    assert again.bounding_box()["height"] >= 96
    again.click()
    page.get_by_role("button", name=str(lesson.place)).click()
    expect(page).to_have_url(f"{live_server.url}{reverse('lessons:waiting')}")


def test_a_tab_where_another_pupil_was_shows_who_is_in_now(world, browser, live_server, client):
    """Two tabs of one tablet: « À toi ! » in one, and the next pupil reads nothing in the other."""
    adam, lina = world.people["child_adam"], world.people["child_lina"]
    enter(client, join(open_lesson(world), client, accepted_by=world.people["teacher"]), adam)
    page = tablet_of(browser, live_server, client)
    page.goto(reverse("lessons:make"))
    expect(page.locator(".child")).to_contain_text(adam.first_name)
    page.evaluate("() => { self.asks = fetch; self.fetch = () => Promise.reject(); }")  # while nobody is in
    other = page.context.new_page()
    other.goto(reverse("lessons:home"))
    other.get_by_role("button", name="À toi").click()
    other.locator(f'.kid[href$="{lina.pk}/"]').click()
    other.get_by_role("button", name="C’est moi").click()
    expect(other.locator(".child")).to_contain_text(lina.first_name)
    page.evaluate("() => { self.fetch = asks; }")
    expect(page).to_have_url(f"{live_server.url}{reverse('lessons:home')}")
    expect(page.locator(".child")).to_contain_text(lina.first_name)
