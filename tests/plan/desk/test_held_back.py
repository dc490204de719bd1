"""A step that another holds back is asked of nobody; the other says what depends on it."""

import pytest
from django.urls import reverse

from preau.kit.dates import day_text
from preau.plan.rollouts.models import DERIVED, StepKind
from tests.plan.desk.conftest import TODAY
from tests.texts import as_drawn

pytestmark = pytest.mark.django_db


def test_a_dated_step_is_asked_once_what_it_waits_for_is_done_and_that_says_what_it_holds_back(story, waits, client):
    story.until("under_way")
    assert "Avancer une étape" not in waits("dsden"), "the training is dated, and waits for the cables"
    waits("city_it")
    desk = as_drawn(client.get("/plan/accueil/").text).replace("\u00a0", " ")
    held = f"Visite technique, dont dépend : câblage, le {day_text(TODAY)}".replace("\u00a0", " ")
    assert held in desk
    assert "Câblage" not in desk, "asked of nobody before the visit"
    address = reverse("rollouts:step_edit", args=[story.rollout.pk, "trained"])
    way = as_drawn(client.get(reverse("rollouts:rollout_detail", args=[story.rollout.pk])).text)
    assert "paramétrage (informatique des écoles)" in way and "visite technique (informatique des écoles)" in way
    story.world.sign_in(client, "dsden")
    assert "Attend d’abord</dt><dd>paramétrage (informatique des écoles)" in client.get(address).text
    kinds = [kind for kind in StepKind if kind not in (StepKind.TRAINED, *DERIVED)]
    story.rollout.steps.filter(kind__in=kinds).update(done_on=TODAY)
    assert "Avancer une étape" in waits("dsden")
    assert "Attend d’abord" not in client.get(address).text
