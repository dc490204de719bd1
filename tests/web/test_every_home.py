"""What each role's home opens is there, once."""

import re
from collections import Counter

import pytest
from django.db.models.sql.compiler import SQLCompiler
from django.urls import reverse

from preau.ent.posts.models import Scope
from tests.ent.posts.test_actions import picture, publish
from tests.plan.applications.conftest import Scene
from tests.world import add_child

ACTORS = ("teacher", "head", "guardian", "pupil_cm2", "city_education", "ien", "dsden", "operator")
OTHERS = (
    "supply", "aesh", "canteen", "head_far", "guardian_two_schools", "city_it", "elected", "pedagogical_adviser",
    "ia_dasen", "trainer", "parents_federation",
)  # fmt: skip


@pytest.mark.parametrize("name", ACTORS)
def test_no_door_leads_nowhere(client, world, name):
    world.sign_in(client, name)
    home = client.get("/aujourdhui/").content.decode()
    for address in sorted({link for link in re.findall(r'href="(/[^"#?]*)', home) if not link.startswith("/static/")}):
        assert client.get(address, follow=True).status_code == 200, address


def test_no_door_is_written_twice(client, world):
    """At the top and below, or twice below: one learns one way to each page.
    Twins share a class, a sister their school."""
    publish(world, pictures=[picture()])
    publish(world, scope=Scope.PUBLIC, pictures=[picture()], no_child_declared=True)
    Scene(world).in_state_review()
    add_child(world, "child_twin", "cpb", "CP", ["guardian"])
    add_child(world, "child_elder", "cm2", "CM2", ["guardian"])
    twice = {}
    for name in (*ACTORS, *OTHERS):
        world.sign_in(client, name)
        for path in ("/aujourdhui/", reverse("desk:home")):
            answer = client.get(path)
            page = answer.content.decode() if answer.status_code == 200 else ""
            counts = Counter(re.findall(r'<a\b[^>]*?href="(/[^"]*)"', page))
            if found := [address for address, count in counts.items() if count > 1]:
                twice[name, path] = found
    assert twice == {}


@pytest.mark.parametrize("name", ["teacher", "guardian", "pupil_cm2", "ien"])
def test_no_home_writes_its_queries_again(client, world, monkeypatch, name):
    """Writing the SQL of a pupil's class alone took a third of that pupil's home (docs/decisions/0028)."""
    world.sign_in(client, name)
    client.get("/aujourdhui/")
    monkeypatch.setattr(SQLCompiler, "as_sql", None)
    assert client.get("/aujourdhui/").status_code == 200


def test_away_from_home_a_parent_sees_the_way_back(client, world):
    """Beside « Mots », the door that leads home."""
    world.sign_in(client, "guardian")
    page = client.get(reverse("account_home")).content.decode()
    door = r'aria-label="Portes">.*?href="/aujourdhui/"><svg[^>]*><use[^>]*/></svg>Aujourd’hui</a>'
    assert re.search(door, page, re.DOTALL)
