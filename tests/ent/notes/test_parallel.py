"""A mot that is sent twice at the same instant leaves once, and neither press is stopped."""

import uuid

import pytest

from preau.ent.notes.actions import writing
from preau.ent.notes.models import Note
from tests.at_once import at_once, meeting
from tests.ent.notes.acts import send
from tests.world import build_world

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_presses_of_one_sending_are_one_mot(monkeypatch):
    world, once = build_world(), uuid.uuid4()
    meeting(monkeypatch)(writing, "_keep")
    assert at_once(*[lambda: send(world, once=once)] * 2) == [] and Note.objects.count() == 1
