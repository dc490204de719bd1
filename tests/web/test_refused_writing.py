"""A form refused for its day or its state gives back what was written, with the reason; secrets never come back."""

from uuid import uuid4

import pytest
from django.test import RequestFactory
from django.urls import resolve, reverse

from preau.people.kept import written_in
from tests.plan.applications.conftest import DAY, TODAY, Scene
from tests.plan.days import due_on

pytestmark = pytest.mark.django_db
WRITTEN = "Le projet est solide, mais la salle n’est pas câblée <b>du tout</b>."


def test_an_opinion_sent_after_its_day_is_not_lost(world, client):
    scene = Scene(world)
    opinion = scene.opinion(scene.submitted())
    due_on(type(opinion).objects.all(), TODAY - DAY)
    data = {"verdict": "unfavourable", "motivation": WRITTEN, "reader": "never"}
    answer = world.sign_in(client, "ien").post(reverse("applications:opinion_edit", args=[opinion.pk]), data)
    assert answer.status_code == 403 and "non rendu" in answer.text
    assert "la salle n’est pas câblée &lt;b&gt;du tout&lt;/b&gt;" in answer.text
    opinion.refresh_from_db()
    assert opinion.given_at is None


def test_a_page_asked_for_and_refused_shows_nothing_typed(world, client):
    scene = Scene(world)
    opinion = scene.opinion(scene.submitted())
    answer = world.sign_in(client, "head").get(reverse("applications:opinion_edit", args=[opinion.pk]))
    assert answer.status_code == 403 and "aviez écrit" not in answer.text


def test_the_address_of_an_act_opened_as_a_page_is_no_blank_page(world, client):
    """A form refused comes back at the address of its act; asked for again by hand, it showed nothing at all."""
    address = reverse("priorities:rank_moving", args=[uuid4()])
    for name in (None, "dsden"):
        answer = (world.sign_in(client, name) if name else client).get(address)
        assert (answer.status_code, answer.headers["Allow"]) == (405, "POST")
        assert "Revenir à l’accueil" in answer.text


@pytest.mark.parametrize(("name", "given"), [("account_change_password", []), ("governance:seat_list", [WRITTEN])])
def test_forms_that_carry_secrets_give_nothing_back(name, given):
    path = reverse(name, args=[uuid4()] if given else [])
    request = RequestFactory().post(path, {"password": "une phrase à taire", "motivation": WRITTEN})
    request.resolver_match = resolve(path)
    assert written_in(request) == given
