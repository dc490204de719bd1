"""A walk in a real browser whose network is cut after the page was opened: the tab closed, opened again, sent once."""

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Error

from preau.plan.inventory.models import CountSession
from tests.browser import open_page, session_cookie
from tests.plan.inventory.conftest import LATE_TAG

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


IS_KEPT = "async () => (await caches.keys()).includes('comptage')"
AGE = """async () => {
  const store = await caches.open("comptage"), page = await store.match(location.href, { ignoreVary: true });
  const headers = { "Content-Type": "text/html", Date: new Date(Date.now() - 90_000_000).toUTCString() };
  await store.put(location.href, new Response(await page.text(), { headers }));
}"""


def walk(stock):
    return f"{reverse('inventory:count_walk', args=[stock.school.pk])}?local={stock.rooms['cpb'].pk}"


def say(page, words):
    page.get_by_role("status").filter(has_text=words).wait_for()


def type_tag(page, tag):
    page.get_by_label("Étiquette vue").fill(tag)
    page.keyboard.press("Enter")


def open_kept(browser, live_server, stock):
    page = open_page(browser, live_server, walk(stock), width=360, account=stock.world.account("erun"))
    page.context.clock.set_system_time(timezone.now())  # in the evening the tests' clock is not the browser's
    page.locator("form[data-kept]").wait_for()
    return page


def test_a_walk_without_network_survives_its_tab_and_is_sent_once(stock, browser, live_server):
    page = open_kept(browser, live_server, stock)
    context, address = page.context, page.url
    context.set_offline(True)
    type_tag(page, stock.projector.tag.lower())
    say(page, "Vu")
    type_tag(page, LATE_TAG)
    say(page, "n’est pas dans cette liste")
    type_tag(page, "12")
    say(page, "six signes")
    page.close()
    page = context.new_page()
    page.goto(address)
    assert page.locator("[data-met]").inner_text() == "1 sur 11"
    page.get_by_label("Poste maître").check()
    page.get_by_role("button", name="Envoyer le comptage").click()
    say(page, "Pas de réseau")
    assert page.get_by_role("button", name="Envoyer le comptage").is_disabled()
    page.close()
    page = context.new_page()
    page.goto(address)
    say(page, "Pas de réseau")
    assert not CountSession.objects.exists()
    context.set_offline(False)
    page.wait_for_url("**/comptages/*/")
    session = CountSession.objects.get()
    seen = session.observations.filter(outcome="seen").values_list("tag", flat=True)
    assert set(seen) == {stock.projector.tag, stock.master.tag} and session.counted_at < session.posted_at
    assert session.observations.get(outcome="unknown").tag == LATE_TAG
    page.goto(address)
    assert page.locator("[data-met]").inner_text() == "0 sur 11"


def test_a_sending_whose_answer_was_lost_is_not_counted_twice(stock, browser, live_server):
    page = open_kept(browser, live_server, stock)
    lost = []

    def lose_the_answer(route):
        if route.request.method == "POST" and not lost:
            lost.append(route.fetch(max_redirects=0).status)
            route.abort()
        else:
            route.continue_()

    page.route("**/comptage/**", lose_the_answer)
    type_tag(page, stock.projector.tag)
    page.get_by_role("button", name="Envoyer le comptage").click()
    say(page, "Pas de réseau")
    assert lost == [302] and CountSession.objects.count() == 1
    page.reload()
    page.wait_for_url("**/comptages/*/")
    assert CountSession.objects.count() == 1


def test_two_tabs_of_a_walk_keep_one_list(stock, browser, live_server):
    page = open_kept(browser, live_server, stock)
    other = page.context.new_page()
    other.goto(page.url)
    other.locator("form[data-kept]").wait_for()
    page.get_by_label("Poste maître").check()
    type_tag(page, LATE_TAG)
    other.get_by_text("1 sur 11").wait_for()
    type_tag(other, stock.projector.tag)
    page.get_by_text("2 sur 11").wait_for()
    address = page.url
    page.close()
    other.close()
    page = browser.contexts[-1].new_page()
    page.goto(address)
    assert page.locator("[data-met]").inner_text() == "2 sur 11"
    assert page.get_by_label("Autres étiquettes vues").input_value() == LATE_TAG


def test_nobody_sends_the_walk_of_another(stock, browser, live_server):
    page = open_kept(browser, live_server, stock)
    context = page.context
    context.set_offline(True)
    type_tag(page, stock.projector.tag)
    page.get_by_role("button", name="Envoyer le comptage").click()
    say(page, "Pas de réseau")
    context.add_cookies([session_cookie(live_server, stock.world.account("city_it"))])
    context.set_offline(False)
    say(page, "Quelqu’un d’autre est entré")
    page.reload()
    page.locator("form[data-kept]").wait_for()
    assert page.locator("[data-met]").inner_text() == "0 sur 11"
    assert not CountSession.objects.exists()
    context.add_cookies([session_cookie(live_server, stock.world.account("erun"))])
    page.reload()
    page.wait_for_url("**/comptages/*/")
    assert CountSession.objects.count() == 1


@pytest.mark.parametrize("way", ["leaves", "enters", "next day"])
def test_the_kept_page_goes_and_what_was_ticked_stays(stock, browser, live_server, way):
    page = open_kept(browser, live_server, stock)
    address = page.url
    type_tag(page, stock.projector.tag)
    assert page.evaluate(IS_KEPT)
    if way == "leaves":
        page.goto(reverse("inventory:asset_list"))
        address = page.url
        page.locator("details.face summary").click()
        page.get_by_role("button", name="Sortir").click()
        page.wait_for_url(lambda url: url != address)
    elif way == "enters":
        page.context.clear_cookies()
        page.goto(reverse("account_login"))
    else:
        page.evaluate(AGE)
        page.context.set_offline(True)
        with pytest.raises(Error, match="ERR_"):
            page.goto(address)
        page.context.set_offline(False)
        page.goto(reverse("inventory:asset_list"))
    page.wait_for_load_state("networkidle")
    assert not page.evaluate(IS_KEPT)
    assert page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('comptage:')).length") == 1


def test_a_walk_without_javascript_is_a_plain_form(stock, browser, live_server):
    page = open_page(
        browser, live_server, walk(stock), width=360, account=stock.world.account("erun"), javascript=False
    )
    assert not page.get_by_label("Étiquette vue", exact=True).is_visible()
    page.get_by_label("Poste maître").check()
    page.get_by_role("button", name="Envoyer le comptage").click()
    page.wait_for_url("**/comptages/*/")
    assert CountSession.objects.get().observations.filter(outcome="seen").count() == 1
