"""A mother takes an appointment with the teacher: three touches on a narrow screen, from her home (issue 17)."""

import pytest

from preau.ent.agenda.models import Appointment
from tests.browser import assert_accessible, open_page
from tests.ent.agenda.acts import open_slots, take

pytestmark = [pytest.mark.browser, pytest.mark.journey]


def test_an_appointment_is_taken_in_three_touches(world, browser, live_server):
    round_ = open_slots(world)
    take(world, round_, "guardian_other_family", child="child_lina")
    page = open_page(browser, live_server, "/aujourdhui/", width=360, account=world.account("guardian"))
    page.get_by_role("link", name="Rencontres").click()
    page.get_by_text("17 h 30").click()
    assert_accessible(page, "agenda/round_detail.html")
    page.get_by_role("button", name="Prendre ce rendez-vous").click()
    page.get_by_text("C’est noté.").wait_for()
    assert page.get_by_role("heading", name="Votre rendez-vous").is_visible()
    mine = Appointment.objects.get(guardian=world.people["guardian"])
    assert mine.slot == round_.slots.order_by("starts_at")[2]
