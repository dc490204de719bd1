"""A school dragged to another rank (W2): the browser fills the rank, the reason is still asked."""

import pytest
from django.urls import reverse

from tests.browser import assert_says, open_page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_school_is_dragged_to_a_rank_and_moves_with_its_reason_only(scene, browser, live_server):
    row = scene.open()
    address = reverse("priorities:list_detail", args=[row.pk])
    page = open_page(browser, live_server, address, account=scene.world.account("dsden"))
    ranked = page.locator(".ranks > li")
    last, name = ranked.last, ranked.last.locator("a").first.inner_text()
    last.locator("b").drag_to(ranked.nth(1).locator("b"))
    assert last.locator("[name=rank]").input_value() == "2"
    assert page.evaluate("document.activeElement.name") == "reason"
    last.get_by_role("button", name="Mettre à ce rang").click()
    assert_says(page, "Un déplacement se motive")
    assert ranked.last.locator("a").first.inner_text() == name, "without its reason nothing moves"
    ranked.last.locator("[name=reason]").first.fill("Tirée à la souris.")
    ranked.last.get_by_role("button", name="Mettre à ce rang").click()
    assert_says(page, "le nouveau rang est écrit.")
    assert ranked.nth(1).locator("a").first.inner_text() == name
    page.context.close()
