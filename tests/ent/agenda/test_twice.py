"""A button pressed twice on a slow line: an event, a round or a council is told once."""

import uuid

import pytest
from django.urls import reverse

from preau.ent.agenda.models import Council, Event, Round
from tests.ent.agenda.acts import LATER, SOON

pytestmark = pytest.mark.django_db
EVENT = ("classroom_event", "cpb", "teacher", {"title": "Carnaval", "first_on": SOON, "scope": "all"})
HOURS = {"begins_at": "17:00", "ends_at": "18:00", "minutes": 15}
ROUND = ("round_new", "cpb", "teacher", HOURS | {"title": "Rencontres", "day": SOON})
ITEMS = {"items": "La cour", "members": "Mme A"}
COUNCIL = ("council_new", "tilleuls", "head", ITEMS | {"day": LATER, "begins_at": "18:00", "where": "Salle"})


@pytest.mark.parametrize(("page", "place", "who", "typed"), [EVENT, ROUND, COUNCIL])
def test_it_is_written_once_and_other_words_are_another(world, client, page, place, who, typed):
    url = reverse(f"agenda:{page}", args=[(world.classrooms | world.schools)[place].pk])
    assert 'name="once"' in world.sign_in(client, who).get(url).text
    sent = typed | {"once": uuid.uuid4()}
    led = [client.post(url, sent | more)["Location"] for more in ({}, {}, {"begins_at": "17:15"})]
    assert led[0] == led[1] != led[2] and Event.objects.count() == 2
    assert Round.objects.count() + Council.objects.count() == (0 if page == "classroom_event" else 2)
