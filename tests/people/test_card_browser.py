"""A telephone's camera opens the address of a card of home: its secret leaves the address before anything else."""

import pytest
from django.utils.timezone import now

from preau.people.models import Badge, PupilEntry
from preau.people.queries.cards import codes_of
from preau.schools.actions import cards
from tests.browser import new_page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_the_secret_is_in_no_address_that_the_server_hears(world, browser, live_server):
    adam = world.people["child_adam"]
    act = {"person": world.people["teacher"], "classroom": world.classrooms["cpb"], "now": now()}
    ((_, token),) = cards.print_cards(**act, kind=Badge.Kind.HOME, pupil=adam)
    page, asked = new_page(browser, live_server), []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"/carte/#{token}")
    page.wait_for_url("**/carte/images/")
    for picture in codes_of([adam])[adam.pk]:
        page.locator(f"button[value={picture}]").click()
        page.wait_for_load_state()
    page.wait_for_url("**/eleve/")
    assert PupilEntry.objects.get().pupil == adam
    assert token not in page.url and [url for url in asked if token in url.partition("#")[0]] == []
    page.locator("form[action='/carte/sortie/'] button").click()
    page.wait_for_url("**/carte/")
    assert not PupilEntry.objects.exists()
