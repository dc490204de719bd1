"""An absence told, an appel made, on a telephone of 360 px, each touch counted (users.md, row 8)."""

from time import monotonic

import pytest
from django.utils.timezone import localdate

from preau.ent.attendance.models import Absence, Half, Missing, RollCall
from tests.browser import assert_no_sideways_scroll, new_page
from tests.world import add_child

pytestmark = [pytest.mark.browser, pytest.mark.journey, pytest.mark.django_db(transaction=True)]
SECONDS = 10


@pytest.fixture(autouse=True)
def a_day_of_class(monkeypatch):
    """Whatever the day; half a class's life is tried elsewhere."""
    monkeypatch.setattr("preau.ent.attendance.days.halves_on", lambda school, day, has_wednesday: tuple(Half))
    monkeypatch.setattr("preau.ent.attendance.days.half_of", lambda now: Half.MORNING)


@pytest.mark.parametrize("javascript", [True, False])
def test_told_in_three_touches_called_in_ten_seconds_and_explained_in_three(browser, live_server, world, javascript):
    for number in range(25):
        add_child(world, f"child_{number}", "cpb", "CP", ["guardian_paper"])

    def hold(actor):
        page = new_page(browser, live_server, width=360, account=world.account(actor), javascript=javascript)
        page.goto("/aujourdhui/")
        assert_no_sideways_scroll(page)
        return page

    def touch(page, role, name):
        page.get_by_role(role, name=name).first.click()
        page.wait_for_load_state()
        assert_no_sideways_scroll(page)

    parent = hold("guardian")
    touch(parent, "link", "Prévenir d’une absence")
    parent.locator("label.choice", has_text="Mon enfant est malade").click()
    touch(parent, "button", "Je préviens")
    assert Absence.objects.get().reason == "illness" and "C’est dit" in parent.inner_text("body")
    teacher = hold("teacher")
    touch(teacher, "link", "Faire l’appel")
    begun = monotonic()
    assert teacher.locator(".roll input[name=absent]:checked").count() == 1  # all are there but who was told
    lina = str(world.people["child_lina"].pk)
    teacher.locator(f".roll input[name=absent][value='{lina}']").check()
    touch(teacher, "button", "Appel fait")
    assert monotonic() - begun < SECONDS and RollCall.objects.get(day=localdate()).pupils_count == 27
    assert Missing.objects.count() == 2 and "25 présents" in teacher.inner_text("h1").replace("\xa0", " ")
    other = hold("guardian_other_family")
    touch(other, "link", "Dire la raison")
    other.locator("label.choice", has_text="Trajet impossible").click()
    touch(other, "button", "Répondre")
    assert Absence.objects.filter(reason="transport").exists() and "Votre réponse est partie" in other.inner_text(
        "body"
    )
