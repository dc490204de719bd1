"""On a tablet: no room left, no microphone, a clock one hour off: a plain sentence that is said, and a way on."""

import datetime

import pytest
from django.test import Client
from django.utils.timezone import now
from playwright.sync_api import expect

from preau.ent.lessons.devices import COOKIE
from preau.ent.lessons.models import Lesson, WorkPart
from preau.people.middleware import PUPIL_COOKIE
from tests.browser import new_page
from tests.ent.lessons.acts import cookies_of, enter, join, open_lesson
from tests.journeys.test_cut_line import KEPT, READY, write
from tests.media.samples import drawing, encoded

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
HOUR = datetime.timedelta(hours=1)
REFUSED = "navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('no', 'NotAllowedError'))"
# Nothing more is stored here, then again.
FULL = """() => { self.store = IDBObjectStore.prototype.put;
  IDBObjectStore.prototype.put = () => { throw new DOMException('full', 'QuotaExceededError'); }; }"""
ROOM = "() => { IDBObjectStore.prototype.put = self.store; }"
SAID = """() => { self.said = []; addEventListener('say', ({ detail }) => self.said.push(detail)); }"""


@pytest.fixture
def tablet(world, browser, live_server):
    client, lesson = Client(), open_lesson(world)
    Lesson.objects.update(ends_at=now() + 2 * HOUR)  # whatever the hour of this run
    enter(client, join(lesson, client, accepted_by=world.people["teacher"]), world.people["child_adam"])
    page, held = new_page(browser, live_server, width=1024), cookies_of(client)
    page.context.add_cookies(
        [{"name": name, "value": held[name], "url": live_server.url} for name in (COOKIE, PUPIL_COOKIE)]
    )
    page.goto("/seance/moi/faire/")
    page.evaluate(READY)
    expect(page.locator("html")).to_have_attribute("data-kept", "0")
    return page


@pytest.mark.ffmpeg
def test_a_microphone_refused_is_said_and_one_draws(tablet):
    tablet.add_init_script(REFUSED)
    tablet.locator("a.make[href$='/voix/']").click()
    tablet.evaluate(SAID)
    tablet.get_by_role("button", name="Enregistrer ma voix").click()
    said = tablet.locator("[data-no-microphone]")
    expect(said).to_contain_text("Le micro ne répond pas")
    expect(said.locator(".speak")).to_be_visible()
    assert tablet.evaluate("self.said") == ["no-microphone"]
    said.get_by_role("link", name="Dessiner").click()
    expect(tablet.locator("canvas")).to_be_visible()


def test_no_room_left_is_said_and_what_was_made_leaves_with_the_line(tablet):
    tablet.locator("a.make[href$='/texte/']").click()
    for is_known in (True, False):  # with the pupil's own page, then with that of the cut line
        tablet.context.set_offline(True)
        if not is_known:
            tablet.reload()
        tablet.evaluate(SAID)
        tablet.evaluate(FULL)
        tablet.locator("textarea").fill(f"Les poules {is_known}")
        expect(tablet.locator("[data-refused=no-room]")).to_contain_text("La tablette est pleine")
        expect(tablet.locator("[data-kept-told]")).to_have_text("Pas de réseau. Garde cette page ouverte.")
        assert tablet.evaluate("self.said") == ["no-room"]
        tablet.context.set_offline(False)
        expect(tablet.locator("[data-refused=no-room]")).to_be_hidden()
        assert WorkPart.objects.filter(text=f"Les poules {is_known}").count() == 1
        tablet.evaluate(ROOM)


def test_a_photo_that_is_not_kept_says_why_and_another_is_taken(tablet, tmp_path, monkeypatch):
    """Cancelled, unreadable, too heavy, no place left in the school; without network too."""
    good = {"name": "photo.jpg", "mimeType": "image/jpeg", "buffer": encoded(drawing())}
    bad = {"name": "photo.jpg", "mimeType": "image/jpeg", "buffer": b"not a photo"}
    heavy = tmp_path / "photo.jpg"  # read where it is: to hand its bytes to Chromium takes it five seconds
    heavy.write_bytes(bytes(21 * 1024 * 1024))

    def refused(key, file):
        tablet.locator("a.make[href$='/photo/']").click()
        expect(tablet.locator("html")).to_have_attribute("data-keeps-alone", "")
        tablet.evaluate(SAID)
        tablet.locator("input[type=file]").set_input_files(file)
        why = tablet.locator(f"[data-refused={key}]")
        expect(why).to_be_visible()
        expect(why.locator(".speak")).to_be_visible()
        assert tablet.evaluate("self.said") == [key] and not WorkPart.objects.exists()
        assert tablet.locator("[data-refused]:visible").count() == 1

    refused("photo-unreadable", bad)
    tablet.evaluate("() => { self.said = []; }")
    tablet.locator("input[type=file]").dispatch_event("cancel")
    assert tablet.evaluate("self.said") == ["do-photo"]  # what is to be done, again
    tablet.get_by_role("link", name="Retour").click()
    tablet.context.set_offline(True)
    tablet.reload()
    refused("photo-heavy", heavy)
    assert tablet.evaluate(KEPT) == []
    tablet.context.set_offline(False)
    tablet.goto("/seance/moi/faire/")
    monkeypatch.setattr("django.conf.settings.SCHOOL_FILES_BYTES", 0)
    refused("school-full", good)
    monkeypatch.undo()
    tablet.locator("input[type=file]").set_input_files(good)
    tablet.locator(".made img").wait_for()
    assert WorkPart.objects.get().sort == WorkPart.Sort.PHOTO


@pytest.mark.parametrize("hours", [1, -1])
def test_a_clock_that_jumps_by_an_hour_loses_nothing(tablet, hours):
    tablet.goto("/seance/moi/")
    expect(tablet.locator("html")).to_have_attribute("data-kept", "0")
    tablet.add_init_script(f"{{ const real = Date.now; Date.now = () => real() + {hours} * 3600e3; }}")
    tablet.context.set_offline(True)
    tablet.reload()
    if hours > 0:  # an hour without a touch: the screen asks who is there
        tablet.get_by_role("button", name="Continuer", exact=True).click()
    write(tablet, "Un")
    write(tablet, "Deux")
    tablet.context.set_offline(False)
    expect(tablet.locator(".child")).to_be_visible()
    expect(tablet.locator("html")).to_have_attribute("data-kept", "0")
    assert [part.text for part in WorkPart.objects.order_by("rank")] == ["Un", "Deux"]
