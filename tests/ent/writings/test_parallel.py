"""A text that is sent twice at the same instant is written once, and neither press is stopped."""

import uuid

import pytest

from preau.ent.writings.models import Writing
from preau.spaces import actions as spaces
from tests.at_once import at_once, meeting
from tests.ent.writings.acts import begin
from tests.world import build_world

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_presses_of_one_sending_write_one_text(monkeypatch):
    world, once = build_world(), uuid.uuid4()
    meeting(monkeypatch)(spaces, "open_draft")
    assert at_once(*[lambda: begin(world, once=once)] * 2) == [] and Writing.objects.count() == 1
