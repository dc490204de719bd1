"""A tablet whose line is cut while a pupil writes: nothing is lost, nothing is read on it, it is sent once."""

import pytest
from django.test import Client
from django.utils.timezone import now
from playwright.sync_api import expect

from preau.ent.lessons import actions
from preau.ent.lessons.devices import COOKIE
from preau.ent.lessons.models import WorkPart
from preau.people.middleware import PUPIL_COOKIE
from tests.browser import new_page
from tests.ent.lessons.acts import cookies_of, enter, join, open_lesson

pytestmark = [pytest.mark.browser, pytest.mark.journey, pytest.mark.django_db(transaction=True)]
KEPT = """async () => {
  const base = await new Promise((found) => {
    indexedDB.open('preau-garde').onsuccess = (e) => found(e.target.result); });
  const rows = await new Promise((found) => {
    base.transaction('parts').objectStore('parts').getAll().onsuccess = (e) => found(e.target.result); });
  return Promise.all(rows.map(async ({ id, token, box }) => `${id} ${token} ${await box.text()}`));
}"""


def tablet_of(lesson, world, browser, live_server):
    """Adam is in on it."""
    client = Client()
    enter(client, join(lesson, client, accepted_by=world.people["teacher"]), world.people["child_adam"])
    tablet, held = new_page(browser, live_server, width=1024), cookies_of(client)
    tablet.context.add_cookies(
        [{"name": name, "value": held[name], "url": live_server.url} for name in (COOKIE, PUPIL_COOKIE)]
    )
    return tablet


def test_a_page_asked_without_network_names_nobody_and_leaves_by_itself(browser, live_server, world):
    tablet = tablet_of(open_lesson(world), world, browser, live_server)
    tablet.goto("/seance/moi/")
    tablet.evaluate("navigator.serviceWorker.ready.then(() => 'ready')")
    tablet.context.set_offline(True)
    tablet.reload()
    expect(tablet.get_by_role("heading", level=1)).to_contain_text("Pas de réseau")
    assert world.people["child_adam"].first_name not in tablet.content()
    tablet.context.set_offline(False)
    expect(tablet).to_have_url(f"{live_server.url}/seance/moi/")
    expect(tablet.locator(".child")).to_contain_text(world.people["child_adam"].first_name)


def test_what_is_written_without_network_arrives_once_after_the_session(browser, live_server, world):
    teacher = world.people["teacher"]
    lesson = open_lesson(world)
    tablet = tablet_of(lesson, world, browser, live_server)
    tablet.goto("/seance/moi/faire/")
    tablet.locator("a[href$='/texte/']").click()
    field = tablet.locator("textarea")
    field.fill("Les poules")
    expect(tablet.locator("[data-part] [role=status]")).to_contain_text("gardé")
    tablet.context.set_offline(True)
    field.fill("Les poules mangent du grain.")
    expect(tablet.locator("[data-part] [role=status]")).to_have_text("Gardé ici.")
    (kept,) = tablet.evaluate(KEPT)
    assert "poules" not in kept and world.people["child_adam"].first_name not in kept
    actions.close_lesson(person=teacher, lesson=lesson, now=now())
    assert WorkPart.objects.get().text == "Les poules"
    tablet.context.set_offline(False)
    expect(tablet).to_have_url(f"{live_server.url}/seance/finie/")
    expect(tablet.locator("html")).to_have_attribute("data-kept", "0")
    assert WorkPart.objects.get().text == "Les poules mangent du grain."
    assert tablet.evaluate(KEPT) == []
