"""Seven tablets and the screen of their class, each a browser of its own: in, paused, handed over, closed without a
trace (users.md, rows 1 to 3)."""

import pytest
from playwright.sync_api import expect

from preau.ent.lessons.devices import COOKIE
from preau.ent.lessons.models import Device, Lesson
from preau.people.middleware import PUPIL_COOKIE
from preau.people.models import PupilEntry
from tests.browser import new_page
from tests.world import add_child

pytestmark = [pytest.mark.browser, pytest.mark.journey, pytest.mark.django_db(transaction=True)]
SEEN = "Regarde ta maîtresse ou ton maître"
# What of the origin a browser still holds that names a pupil.
HELD = """async () => {
  const kept = [JSON.stringify({...localStorage}), JSON.stringify({...sessionStorage}), document.cookie];
  for (const name of await caches.keys())
    for (const asked of await (await caches.open(name)).keys()) kept.push(asked.url);
  kept.push(...(await indexedDB.databases()).map((each) => each.name));
  return kept.join(' ');
}"""


def test_seven_enter_by_their_picture_and_leave_nothing(browser, live_server, world):
    pupils = [add_child(world, f"small_{number}", "gs", "GS", []) for number in range(7)]
    teacher = world.people["head"]
    board = new_page(browser, live_server, width=360, account=teacher.account)
    board.goto(f"/classe/{world.classrooms['gs'].pk}/seance/")
    board.get_by_role("button", name="Ouvrir la séance").click()
    expect(board.locator(".signs")).to_be_visible()
    code = Lesson.objects.get().code
    tablets = [new_page(browser, live_server, width=1024) for _ in pupils]
    for tablet in tablets:
        tablet.goto(f"/seance/#{code}")  # as the square brings it
        expect(tablet.get_by_role("heading", name="Tablette")).to_be_visible()
    assert Device.objects.filter(has_script=True).count() == 7  # each said it as it asked
    board.get_by_role("button", name="Accepter les 7").click()
    for tablet, pupil in zip(tablets, pupils, strict=True):
        expect(tablet.locator(".class")).to_be_visible()  # by itself
        tablet.locator(f"a[href*='{pupil.pk}']").click()
        tablet.get_by_role("button", name="C’est moi").click()
        expect(tablet).to_have_url(f"{live_server.url}/seance/moi/")
    expect(board.get_by_role("heading", level=1)).to_contain_text("7 élèves au travail")
    board.get_by_role("button", name="Regardez-moi").click()
    for tablet in tablets:
        expect(tablet.get_by_text(SEEN)).to_be_visible()
    board.get_by_role("button", name="Reprendre").first.click()
    for tablet in tablets:
        expect(tablet.get_by_text(SEEN)).to_be_hidden()
    tablets[0].get_by_role("button", name="À toi").click()
    expect(tablets[0].locator(".class")).to_be_visible()
    expect(board.get_by_role("heading", level=1)).to_contain_text("6 élèves au travail")
    board.get_by_role("button", name="Fermer la séance").click()
    expect(board.get_by_role("heading", name="La séance est fermée")).to_be_visible()
    assert not Device.objects.exists() and not PupilEntry.objects.exists()
    for tablet, pupil in zip(tablets, pupils, strict=True):
        expect(tablet).to_have_url(f"{live_server.url}/seance/finie/")
        tablet.wait_for_load_state("networkidle")
        assert pupil.first_name not in tablet.evaluate(HELD) and str(pupil.pk) not in tablet.evaluate(HELD)
        assert not [each for each in tablet.context.cookies() if each["name"] in (COOKIE, PUPIL_COOKIE)]
        tablet.go_back()
        tablet.wait_for_load_state()
        assert pupil.first_name not in tablet.inner_text("main")
