"""A page that is sent twice at the same instant is written once, and neither press is stopped."""

import uuid

import pytest

from preau.ent.portfolio.actions import writing
from preau.ent.portfolio.models import Page
from tests.at_once import at_once, meeting
from tests.ent.portfolio.acts import write
from tests.world import build_world

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_presses_of_one_sending_write_one_page(monkeypatch):
    world, once = build_world(), uuid.uuid4()
    meeting(monkeypatch)(writing, "_new_page")
    assert at_once(*[lambda: write(world, once=once)] * 2) == [] and Page.objects.count() == 1
