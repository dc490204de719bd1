"""A tablet whose line is cut while a pupil writes: nothing is lost, nothing is read on it, it is sent once."""

import uuid

import pytest
from django.test import Client
from django.utils.timezone import now
from playwright.sync_api import expect

from preau.demo.scenes.enclosures import tune
from preau.ent.lessons import actions
from preau.ent.lessons.devices import COOKIE
from preau.ent.lessons.models import SILENT_AFTER, AwaitedDevice, Device, Lesson, WorkPart
from preau.media import documents
from preau.people.middleware import PUPIL_COOKIE
from preau.people.models import PupilEntry
from tests.browser import assert_accessible, new_page, open_page
from tests.ent.lessons.acts import cookies_of, enter, join, open_lesson
from tests.ent.lessons.test_words import told
from tests.media.test_documents import plain

pytestmark = [pytest.mark.browser, pytest.mark.journey, pytest.mark.django_db(transaction=True)]
KEPT = """async () => {
  const base = await new Promise((found) => {
    indexedDB.open('preau-garde').onsuccess = (e) => found(e.target.result); });
  const rows = await new Promise((found) => {
    base.transaction('parts').objectStore('parts').getAll().onsuccess = (e) => found(e.target.result); });
  return Promise.all(rows.map(async ({ box, ...said }) => `${JSON.stringify(said)} ${await box.text()}`));
}"""
# What this browser knows of who is in.
WHO = """async () => {
  const base = await new Promise((found) => {
    indexedDB.open('preau-garde').onsuccess = (e) => found(e.target.result); });
  return new Promise((found) => {
    base.transaction('here').objectStore('here').get('who').onsuccess = (e) => found(e.target.result ?? null); });
}"""
# A disk that answers after what the hand does.
SLOW_DISK = """() => { const { change } = garde;
  garde.change = (more) => new Promise((next) => setTimeout(next, 3000)).then(() => change(more)); }"""
READY = """async () => { await navigator.serviceWorker.ready;
  while (!(await caches.match('/seance/sans-reseau/'))) await new Promise((next) => setTimeout(next, 50)); }"""


def tablet_of(lesson, world, browser, live_server, who="teacher", child="child_adam"):
    """Adam is in on it, or another."""
    client = Client()
    enter(client, join(lesson, client, accepted_by=world.people[who]), world.people[child])
    tablet, held = new_page(browser, live_server, width=1024), cookies_of(client)
    tablet.context.add_cookies(
        [{"name": name, "value": held[name], "url": live_server.url} for name in (COOKIE, PUPIL_COOKIE)]
    )
    return tablet


def test_what_was_given_is_there_before_pupils_come_and_gone_at_the_end(browser, live_server, world):
    teacher, held = world.people["teacher"], "async () => (await caches.keys()).join()"
    given = [(documents.take(plain(), "fractions.pdf"), "Les fractions")]
    said = (documents.Document("mp3", tune()), "Consigne")
    lesson = open_lesson(world, title="Lis, puis dessine", files=given, recording=said)
    client = Client()
    join(lesson, client, accepted_by=teacher)
    tablet = new_page(browser, live_server, width=1024)
    tablet.context.add_cookies([{"name": COOKIE, "value": client.cookies[COOKIE].value, "url": live_server.url}])
    tablet.goto("/seance/classe/")
    tablet.evaluate(READY)
    tablet.wait_for_function("caches.match('/seance/activite/').then(Boolean)")
    tablet.locator(f"a[href*='{world.people['child_adam'].pk}']").click()
    tablet.get_by_role("button", name="C’est moi").click()
    expect(tablet).to_have_url(f"{live_server.url}/seance/moi/")
    expect(tablet.locator("html")).to_have_attribute("data-kept", "0")  # its scripts have come
    tablet.context.set_offline(True)
    tablet.reload()
    expect(tablet.locator("[data-given-here]")).to_contain_text("Lis, puis dessine")
    tablet.get_by_role("link", name="Les fractions").click()
    tablet.wait_for_function("document.querySelector('.pages-shown img')?.naturalWidth > 0")
    told = tablet.locator("[data-given-here] .given .speak")  # what the teacher said
    expect(told).to_be_visible()
    sound = "async (link) => (await (await fetch(link.dataset.say)).text()).slice(0, 3)"
    assert told.evaluate(sound) == "RIF"
    told.click()
    expect(told).to_have_attribute("aria-pressed", "true")
    lesson.refresh_from_db()
    assert f"preau-seance-{lesson.pk}-{lesson.given_number}" in tablet.evaluate(held)
    actions.close_lesson(person=teacher, lesson=lesson, now=now())
    tablet.context.set_offline(False)
    expect(tablet).to_have_url(f"{live_server.url}/seance/finie/")
    tablet.wait_for_function("caches.keys().then((names) => !names.some((name) => name.includes('seance')))")


def test_the_word_that_the_teacher_chose_is_read_on_a_cut_line(browser, live_server, world):
    word = told(world, "Nous avons semé des radis", ago=30)
    told(world, "Jeudi, la bibliothèque")
    tablet = tablet_of(open_lesson(world, activity="word", word=str(word.pk)), world, browser, live_server)
    tablet.goto("/seance/moi/")
    tablet.locator(".tile").first.click()
    expect(tablet.locator("main")).to_contain_text("des radis")
    tablet.evaluate(READY)
    tablet.wait_for_function("caches.match('/seance/activite/').then(Boolean)")
    tablet.context.set_offline(True)
    tablet.reload()
    given = tablet.locator("[data-given-here]")
    expect(given).to_contain_text("des radis")
    expect(given).not_to_contain_text("la bibliothèque")


def test_what_was_given_goes_when_a_tablet_that_was_shut_joins_again(browser, live_server, world):
    """Its session has ended meanwhile: it never came to the page that says so."""
    lesson = open_lesson(world, title="Lis, puis dessine")
    tablet = tablet_of(lesson, world, browser, live_server)
    tablet.goto("/seance/moi/")
    tablet.wait_for_function("caches.match('/seance/activite/').then(Boolean)")
    tablet.context.clear_cookies()
    tablet.goto("/seance/")
    tablet.wait_for_function("caches.keys().then((names) => !names.some((name) => name.includes('seance')))")


def write(tablet, words):
    """With the page of a cut line: it is kept here."""
    tablet.locator("[data-when=in] a[href$='/texte/']").click()
    tablet.locator("textarea").fill(words)
    kept_here_once(tablet)
    tablet.get_by_role("link", name="Retour").click()


def listen(tablet):
    """Notes what the page says by itself from now on."""
    tablet.evaluate(
        "self.heard = []; addEventListener('say', ({ detail }) => heard.push(detail.dataset?.key ?? detail))"
    )


def said(tablet):
    return tablet.evaluate("heard")


def kept_here_once(tablet):
    """Shown at one place of the page, and said when it begins to wait."""
    expect(tablet.locator("[data-kept-here]")).to_be_visible()
    assert tablet.get_by_text("Gardé ici").count() == 1


def test_without_network_one_goes_on_begins_another_and_hands_over(browser, live_server, world):
    adam, lina = world.people["child_adam"], world.people["child_lina"]
    tablet = tablet_of(open_lesson(world), world, browser, live_server)
    tablet.goto("/seance/moi/faire/")
    tablet.locator("a[href$='/texte/']").click()
    tablet.locator("textarea").fill("Un")
    expect(tablet.locator("[data-kept-told]")).to_contain_text("gardé")
    tablet.evaluate(READY)
    tablet.context.set_offline(True)
    tablet.reload()
    expect(tablet.locator("textarea")).to_have_value("")  # a tool that knows nobody
    assert_accessible(tablet, "lessons/tool.html", "lessons/offline.html")  # both are read before the line is cut
    tablet.get_by_role("link", name="Retour").click()
    expect(tablet.get_by_role("heading", level=1)).to_contain_text("Pas de réseau")
    assert adam.first_name not in tablet.content() and str(adam.pk) not in tablet.content()
    write(tablet, "Deux")
    expect(tablet.locator("[data-kept-here]")).to_be_visible()
    assert_accessible(tablet)  # with its tools
    tablet.reload()  # of the page that came from this browser
    expect(tablet.locator("[data-when=in]")).to_be_visible()
    tablet.evaluate(SLOW_DISK)
    tablet.get_by_role("button", name="Une autre page", exact=True).click()
    write(tablet, "Trois")
    tablet.get_by_role("button", name="À toi !", exact=True).click()
    tablet.wait_for_function(f"({WHO})().then((who) => who?.left)")  # the page is drawn before it has forgotten
    expect(tablet.locator("[data-when=in]")).to_be_hidden()
    assert tablet.evaluate(WHO) == {"left": True}
    assert not [kept for kept in tablet.evaluate(KEPT) if "Deux" in kept or "Trois" in kept or "token" in kept]
    tablet.go_back()
    expect(tablet.locator("[data-when=in]")).to_be_hidden()  # nor with what Adam had
    tablet.context.set_offline(False)
    expect(tablet.locator(".class")).to_be_visible()  # by itself; his own page was never shown
    expect(tablet.locator("html")).to_have_attribute("data-kept", "0")  # once this page has forgotten who was in
    assert tablet.evaluate(WHO) is None
    assert not PupilEntry.objects.filter(ends_at__gt=now()).exists()
    parts = list(WorkPart.objects.order_by("work__begun_at", "rank"))
    assert [part.text for part in parts] == ["Un", "Deux", "Trois"] and {part.by for part in parts} == {adam}
    assert parts[0].work_id == parts[1].work_id != parts[2].work_id
    the_next_pupil_is_another(tablet, lina)


def test_what_a_pupil_wanted_to_read_gives_way_to_a_page_that_says_so(browser, live_server, world):
    """Never to the browser's own, which speaks to no child and leads nowhere."""
    adam = world.people["child_adam"]
    tablet = tablet_of(open_lesson(world), world, browser, live_server)
    tablet.goto("/seance/moi/")
    tablet.evaluate(READY)
    tablet.wait_for_function("navigator.serviceWorker.getRegistration('/eleve/').then((found) => !!found?.active)")
    for address in ("/eleve/classe/", "/eleve/cahier/", "/eleve/ecouter/"):
        tablet.context.set_offline(True)
        tablet.locator(f".tile[href='{address}'], .tile a[href='{address}']").click()
        expect(tablet.get_by_role("heading", level=1)).to_contain_text("Pas de réseau")
        assert adam.first_name not in tablet.content() and str(adam.pk) not in tablet.content()
        tablet.context.set_offline(False)
        expect(tablet.get_by_role("heading", level=1)).not_to_contain_text("Pas de réseau")  # by itself
        expect(tablet).to_have_url(f"{live_server.url}{address}")
        tablet.get_by_role("link", name="Maison").click()
    tablet.context.set_offline(True)
    tablet.locator(".tile[href='/eleve/classe/'], .tile a[href='/eleve/classe/']").click()
    write(tablet, "Cinq")
    tablet.context.set_offline(False)
    expect(tablet.locator("html")).to_have_attribute("data-kept", "0")
    assert WorkPart.objects.get().text == "Cinq" and WorkPart.objects.get().by == adam


def test_who_does_not_read_hears_that_the_line_is_cut_and_what_each_tool_is(browser, live_server, world):
    tablet = tablet_of(open_lesson(world, "head", "gs"), world, browser, live_server, "head", "child_two_one")
    tablet.add_init_script("""self.heard = [];
      HTMLMediaElement.prototype.play = function () { heard.push(this.src); return Promise.resolve(); };""")
    tablet.goto("/seance/moi/")
    expect(tablet.locator("html")).to_have_attribute("data-kept", "0")
    tablet.evaluate(READY)
    tablet.context.set_offline(True)
    tablet.reload()
    tablet.wait_for_function("heard.length")
    tablet.get_by_role("button", name="Une autre page", exact=True).click()
    said = tablet.evaluate("heard.map((sound) => sound.split('/').pop().split('.')[0])")
    assert said == ["no-network"]  # once
    tablet.locator("[data-when=in] a[href$='/dessin/']").click()
    tablet.wait_for_function("heard.length && heard.at(-1).includes('do-draw')")
    tablet.locator("[data-icon=colours]").click()
    tablet.wait_for_function("heard.at(-1).includes('colours')")
    tablet.get_by_role("link", name="Retour").click()
    expect(tablet.locator("[data-when=in]")).to_be_visible()
    tablet.get_by_role("button", name="À toi !", exact=True).click()
    expect(tablet.locator("[data-when=in]")).to_be_hidden()
    expect(tablet.locator("html")).to_have_attribute("data-skin", "non-lecteur")  # nor does the next one
    tablet.wait_for_function("heard.length && heard.at(-1).includes('no-network')")
    assert tablet.evaluate(WHO) == {"left": True, "classSkin": "non-lecteur"}  # of nobody


def the_next_pupil_is_another(tablet, lina):
    tablet.locator(f"a[href*='{lina.pk}']").click()
    tablet.get_by_role("button", name="C’est moi").click()
    expect(tablet.locator(".child")).to_contain_text(lina.first_name)
    expect(tablet.locator("html")).to_have_attribute("data-kept", "0")
    tablet.context.set_offline(True)
    tablet.reload()
    write(tablet, "Quatre")
    tablet.context.set_offline(False)
    expect(tablet.locator(".child")).to_contain_text(lina.first_name)
    expect(tablet.locator("html")).to_have_attribute("data-kept", "0")
    assert WorkPart.objects.get(text="Quatre").by == lina


def test_what_is_written_without_network_arrives_once_after_the_session(browser, live_server, world):
    teacher = world.people["teacher"]
    lesson = open_lesson(world)
    tablet = tablet_of(lesson, world, browser, live_server)
    tablet.goto("/seance/moi/faire/")
    tablet.locator("a[href$='/texte/']").click()
    field = tablet.locator("textarea")
    field.fill("Les poules")
    expect(tablet.locator("[data-kept-told]")).to_contain_text("gardé")
    listen(tablet)
    tablet.context.set_offline(True)
    field.fill("Les poules mangent du grain.")
    kept_here_once(tablet)
    assert said(tablet) == ["kept-here"]
    (kept,) = tablet.evaluate(KEPT)
    assert "poules" not in kept and world.people["child_adam"].first_name not in kept
    Lesson.objects.update(window_id=uuid.uuid4())  # with the Wi-Fi on
    Device.objects.update(seen_at=now() - 2 * SILENT_AFTER)
    board = open_page(browser, live_server, f"/seances/{lesson.pk}/", width=360, account=teacher.account)
    board.get_by_role("button", name="Fermer la séance").click()
    unsent = f"{world.people['child_adam'].first_name}, tablette 1"
    expect(board.locator("main")).to_contain_text(unsent)  # what has not left is named, and by whom
    expect(board.locator("main")).to_contain_text("pas de réseau")
    board.get_by_role("button", name="Fermer la séance").click()
    expect(board.get_by_role("heading", level=1)).to_contain_text("La séance est fermée")
    expect(board.locator("#reste ~ ul")).to_contain_text(f"{unsent} : n’a pas répondu")  # a few seconds later
    assert WorkPart.objects.get().text == "Les poules" and AwaitedDevice.objects.exists()
    with tablet.expect_response(lambda answer: answer.request.method == "POST" and "/finie/" in answer.url):
        tablet.context.set_offline(False)
    assert not AwaitedDevice.objects.exists()  # it said that nothing is left
    expect(tablet).to_have_url(f"{live_server.url}/seance/finie/")
    expect(tablet.locator("html")).to_have_attribute("data-kept", "0")
    expect(board.locator("main")).to_contain_text("a oublié qui s’en servait")  # by itself
    assert WorkPart.objects.get().text == "Les poules mangent du grain."
    assert tablet.evaluate(KEPT) == [] and tablet.evaluate(WHO) is None
