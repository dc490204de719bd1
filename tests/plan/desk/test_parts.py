"""The pages of the plan stand by its parts, each reader's own only."""

import re

import pytest
from django.urls import reverse

from preau.kit.rooms.doors import Page, declared
from preau.plan.desk.queries.parts import PARTS, parts_of
from preau.plan.desk.rules import pages_open_to
from tests.world import TODAY

pytestmark = pytest.mark.django_db


def test_each_page_stands_in_one_part_in_the_order_of_the_plan(world):
    parts = parts_of(pages_open_to(world.people["city_it"], TODAY))
    assert [part for part, _ in parts] == list(PARTS.values())
    ends = ["Programmes", "Wi-Fi", "Emprunts", "Laboratoires", "Journal scellé"]
    assert [pages[-1].label for _, pages in parts] == ends
    found = [page for _, pages in parts for page in pages]
    assert found == [page for page in declared(Page) if page in found] and len(found) > 20


def test_a_part_that_holds_nothing_for_its_reader_is_not_named(world, client):
    page = world.sign_in(client, "head").get(reverse("desk:home")).content.decode()
    assert re.findall("<h3>(.*?)</h3>", page) == ["Choisir les écoles", "Équiper", "Prêter", "Voir ce qui en advient"]
