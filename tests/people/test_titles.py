"""« directrice » for a woman, « directeur » for a man, wherever the title of somebody is read."""

import pytest
from django.urls import reverse

from preau.people.models import Role
from preau.people.queries.titles import BY_CIVILITY, title_said


class Held:
    def __init__(self, role, title=""):
        self.role, self.title = role, title


@pytest.mark.parametrize("civility, said", [("Mme", 0), ("M.", 1)])
def test_a_title_is_said_by_the_civility(civility, said):
    person = type("Somebody", (), {"civility": civility})()
    assert {role: title_said(Held(role), person) for role in BY_CIVILITY} == {
        role: pair[said] for role, pair in BY_CIVILITY.items()
    }
    assert title_said(Held(Role.ELECTED, "élue de la majorité"), person) == "élue de la majorité"
    assert title_said(Held(Role.IEN), person) == "IEN"
    person.civility = ""
    assert title_said(Held(Role.SCHOOL_HEAD), person) == "directrice ou directeur d’école"


@pytest.mark.django_db
@pytest.mark.parametrize("civility, said", [("Mme", "Directrice"), ("M.", "Directeur")])
def test_the_team_and_the_base_read_the_title_of_its_holder(world, client, civility, said):
    head = world.people["head"]
    head.civility = civility
    head.save()
    team = world.sign_in(client, "head").get(reverse("schools:team", args=[world.schools["tilleuls"].pk])).text
    assert f'<p class="hint">{said}' in team and "irectrice ou directeur d’école" not in team
