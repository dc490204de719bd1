"""Two bases equal but for what a person may not see give that person the same pages, byte for byte (trust.md T2)."""

import re
from collections import defaultdict
from difflib import unified_diff

import pytest
import time_machine
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now

from preau.ent.sites.middleware import SHELF
from tests.rights.full import fill_whole, other_city
from tests.rights.hidden import SEEN_BY, other_class, reviewed
from tests.rights.matrix import own_routes
from tests.rights.plain import told
from tests.rights.turns import AUTHORITIES, drawn
from tests.standing import standing
from tests.world import build_world

pytestmark = pytest.mark.matrix
FEW = (("public", "family", "pupil"), ("school", *AUTHORITIES))
# Open data are of every city; lists are also asked as one who searches.
ASKED = {
    "desk:plan_json": "?ville=marelle", "desk:plan_csv": "?ville=marelle", "inventory:asset_list": "?q=c",
    "governance:decision_list": "?mot=a",
}  # fmt: skip


@pytest.fixture(scope="module")
def base(django_db_setup, django_db_blocker):
    """(the world, every address that answers GET); the other city is there, with nothing in it."""
    with standing(django_db_blocker):
        world = build_world()
        values = fill_whole(world)
        reviewed(world)
        world.far = other_city(world)
        yield world, list(addresses(values))


def addresses(values):
    for path, name, methods in own_routes():
        if "GET" in methods:
            address = reverse(name, kwargs={each: values[each] for each in re.findall(r"[<:](\w+)>", path)})
            yield address + ASKED.get(name, "")


def pages(world, actor, paths):
    """{address: what is told} to one person; nothing that asking writes stays."""
    SHELF.clear()
    with transaction.atomic():
        client = world.sign_in(Client(raise_request_exception=False), actor)
        found = {path: told(client.get(path)) for path in paths}
        transaction.set_rollback(True)
    return found


def hidden_from(actors):
    """{the things that they may not see, together: [actors]}: what is made once serves several."""
    groups = defaultdict(list)
    for actor in actors:
        groups[tuple(make for make, seen_by in SEEN_BY.items() if actor not in seen_by)].append(actor)
    return groups


def differences(world, actors, paths):
    """What tells an actor that something hidden is there."""
    wrong = []
    with time_machine.travel(now(), tick=False):
        for things, group in hidden_from(actors).items():
            before = {actor: pages(world, actor, paths) for actor in group}
            with transaction.atomic():
                for make in things:
                    make(world)
                for actor in group:
                    wrong += told_apart(actor, before[actor], pages(world, actor, paths))
                transaction.set_rollback(True)
    return wrong


def told_apart(actor, before, after):
    """One line a page that differs, with the first words that do."""
    for path in before:
        if before[path] != after[path]:
            lines = [told[2].decode("utf-8", "replace").splitlines() for told in (before[path], after[path])]
            changed = [line for line in unified_diff(*lines, n=0, lineterm="")][3:9]
            yield f"{actor} {path} {before[path][:2]} {after[path][:2]} {changed}"


def test_what_is_hidden_leaves_no_trace(base, db, day):
    world, paths = base
    actors = [drawn(world.actors(), day, *kinds) for kinds in FEW]
    assert differences(world, actors, paths) == []


@pytest.mark.corpora
def test_what_is_hidden_leaves_no_trace_for_anyone(base, db):
    world, paths = base
    assert differences(world, world.actors(), paths) == []


def test_the_comparison_sees_what_is_not_hidden(base, db, monkeypatch):
    """A publication of another class, as one who is in that class: else the tests above could say nothing."""
    world, paths = base
    monkeypatch.setattr("tests.rights.test_twins.SEEN_BY", {other_class: set()})
    paths = [reverse("portal:classroom_life", kwargs={"classroom_id": world.classrooms["cm2"].pk}), paths[0]]
    assert len(differences(world, ["pupil_cm2"], paths)) == 1
