"""What one account sends twice at the same instant: its caps hold, and two persons who write to each other both do."""

import pytest
from django.utils.timezone import now

from preau.ent.mail.actions import writing
from preau.ent.mail.models import Conversation, Message
from preau.ent.mail.table import CAPS, Cap, Part
from tests.at_once import at_once, meeting
from tests.ent.mail.acts import answer, begin
from tests.world import build_world

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_messages_of_one_author_count_each_other(monkeypatch):
    world, an_hour_ago = build_world(), now() - writing.HOUR
    talks = [begin(world, now=an_hour_ago), begin(world, to=("head",), now=an_hour_ago)]
    monkeypatch.setitem(CAPS, Part.GUARDIAN, Cap(1, 5, 1))
    acts = [lambda talk=talk: answer(world, talk, "guardian") for talk in talks]
    meeting(monkeypatch)(writing, "tell")
    (fault,) = at_once(*acts)
    assert fault.reason == writing.TOO_OFTEN and Message.objects.filter(sent_at__gt=an_hour_ago).count() == 1


def test_two_conversations_of_one_author_count_each_other(monkeypatch):
    world = build_world()
    monkeypatch.setitem(CAPS, Part.GUARDIAN, Cap(1, 1, 5))
    acts = [lambda: begin(world), lambda: begin(world, to=("head",))]
    meeting(monkeypatch)(writing, "tell")
    (fault,) = at_once(*acts)
    assert fault.reason == writing.TOO_MANY_A_DAY and Conversation.objects.count() == 1


def test_two_persons_who_begin_to_write_to_each_other_both_do(monkeypatch):
    world = build_world()
    acts = [lambda: begin(world), lambda: begin(world, "teacher", ("guardian",))]
    meeting(monkeypatch)(writing, "_parts")
    assert at_once(*acts) == [] and Conversation.objects.count() == 2
