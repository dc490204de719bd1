"""What one account sends twice at the same instant: its caps hold, and two persons who write to each other both do."""

import threading

import pytest
from django.db import OperationalError, connection
from django.utils.timezone import now

from preau.ent.mail.actions import writing
from preau.ent.mail.models import Conversation, Message
from preau.ent.mail.table import CAPS, Cap, Part
from preau.kit.answers import Conflict
from tests.ent.mail.acts import answer, begin
from tests.world import build_world

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(monkeypatch, place, *acts):
    """What stopped any of these acts; each waits a moment at this function for the other to be as far."""
    both, faults, real = threading.Barrier(2), [], getattr(writing, place)

    def meet(*words, **named):
        try:
            both.wait(timeout=0.5)
        except threading.BrokenBarrierError:
            pass  # the other waits for its turn, as it should
        return real(*words, **named)

    def run(act):
        try:
            act()
        except (Conflict, OperationalError) as fault:
            faults.append(fault)
        finally:
            connection.close()

    monkeypatch.setattr(writing, place, meet)
    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    return faults


def test_two_messages_of_one_author_count_each_other(monkeypatch):
    world, an_hour_ago = build_world(), now() - writing.HOUR
    talks = [begin(world, now=an_hour_ago), begin(world, to=("head",), now=an_hour_ago)]
    monkeypatch.setitem(CAPS, Part.GUARDIAN, Cap(1, 5, 1))
    acts = [lambda talk=talk: answer(world, talk, "guardian") for talk in talks]
    (fault,) = at_once(monkeypatch, "tell", *acts)
    assert fault.reason == writing.TOO_OFTEN and Message.objects.filter(sent_at__gt=an_hour_ago).count() == 1


def test_two_conversations_of_one_author_count_each_other(monkeypatch):
    world = build_world()
    monkeypatch.setitem(CAPS, Part.GUARDIAN, Cap(1, 1, 5))
    acts = [lambda: begin(world), lambda: begin(world, to=("head",))]
    (fault,) = at_once(monkeypatch, "tell", *acts)
    assert fault.reason == writing.TOO_MANY_A_DAY and Conversation.objects.count() == 1


def test_two_persons_who_begin_to_write_to_each_other_both_do(monkeypatch):
    world = build_world()
    acts = [lambda: begin(world), lambda: begin(world, "teacher", ("guardian",))]
    assert at_once(monkeypatch, "_parts", *acts) == [] and Conversation.objects.count() == 2
