"""The outbox: each mail leaves once, or says why it did not."""

from datetime import UTC, datetime, timedelta
from smtplib import SMTPRecipientsRefused

import pytest
from django.core import mail as django_mail
from django.db import transaction

from preau.kit import mail
from preau.kit.mail import outbox
from preau.kit.models import Outgoing

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 30, 9, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
LETTER = mail.Letter("moi@ecole.example", "Un objet", "Un texte")


class Room:
    """A room with one kind of mail: what it writes, and what it heard."""

    def __init__(self):
        self.letter, self.heard = LETTER, []

    def write(self, *ids, now):
        return self.letter

    def settled(self, *, ids, state, now):
        self.heard.append((ids, str(state)))


@pytest.fixture
def room(monkeypatch):
    room = Room()
    monkeypatch.setattr(outbox, "kinds", lambda: {"kit.test": mail.Kind("kit.test", room.write, room.settled)})
    return room


class PowerCut(BaseException):
    """What no code catches."""


def later(minutes=60):
    """Queued for later, so that nothing leaves yet."""
    return mail.put("kit.test", "7", key="7", now=NOW, due_at=NOW + minutes * MINUTE)


def broken(monkeypatch, error):
    def send(*_, **__):
        raise error

    monkeypatch.setattr(django_mail.EmailMessage, "send", send)


def test_what_is_told_once_is_queued_once_and_leaves_once(room):
    assert later() and not later()
    assert mail.send_due(now=NOW + 50 * MINUTE) == 0
    assert mail.send_due(now=NOW + 70 * MINUTE) == 1 and mail.send_due(now=NOW + 80 * MINUTE) == 0
    assert len(django_mail.outbox) == 1 and room.heard == [(["7"], "sent")]
    assert not later()  # told, for good
    assert Outgoing.objects.get().ids == []


def test_a_key_longer_than_its_column_is_refused_on_each_base(room):
    for put in (
        lambda: outbox.put("kit.test", "7", key="x" * 120, now=NOW),
        lambda: outbox.put_many("kit.test", {"x" * 120: ("7",)}, now=NOW, due_at=NOW),
    ):
        with pytest.raises(ValueError, match="too long"):
            put()
    assert not Outgoing.objects.exists()


def test_two_workers_send_one(room, monkeypatch):
    later()
    row = Outgoing.objects.get()

    def written_while_another_sends(*ids, now):
        monkeypatch.setattr(room, "write", lambda *ids, now: LETTER)
        monkeypatch.setattr(outbox, "kinds", lambda: {"kit.test": mail.Kind("kit.test", room.write)})
        assert mail.send(outgoing_id=row.pk, now=now)
        return LETTER

    monkeypatch.setattr(outbox, "kinds", lambda: {"kit.test": mail.Kind("kit.test", written_while_another_sends)})
    assert not mail.send(outgoing_id=row.pk, now=NOW + 70 * MINUTE) and len(django_mail.outbox) == 1


def test_a_relay_that_is_down_is_tried_for_most_of_a_day(room, monkeypatch):
    later()
    broken(monkeypatch, OSError())
    now, tries = NOW + 70 * MINUTE, 0
    while Outgoing.objects.filter(state="waiting").exists():
        mail.send_due(now=now)
        tries += 1
        now = max(now, Outgoing.objects.get().due_at)
    assert tries == outbox.MAX_TRIES and timedelta(hours=12) < now - NOW < timedelta(hours=24)
    assert room.heard == [(["7"], "given_up")] and mail.troubled(now) == 1
    assert mail.troubled(now + timedelta(days=2)) == 0


def test_a_refused_address_and_nothing_to_tell_are_not_tried_again(room, monkeypatch):
    later()
    with monkeypatch.context() as down:
        broken(down, SMTPRecipientsRefused({LETTER.to: (550, b"unknown")}))
        mail.send_due(now=NOW + 70 * MINUTE)
    room.letter = None
    mail.put("kit.test", "8", now=NOW, due_at=NOW + MINUTE)
    mail.send_due(now=NOW + 80 * MINUTE)
    assert room.heard == [(["7"], "refused"), (["8"], "dropped")] and django_mail.outbox == []


def test_what_a_dead_worker_may_have_sent_leaves_again_under_the_same_name(room, monkeypatch):
    later()

    def cut(letter):
        django_mail.outbox.append(letter)
        raise PowerCut  # after the relay took it, before the row says so

    with monkeypatch.context() as dying:
        dying.setattr(django_mail.EmailMessage, "send", cut)
        with pytest.raises(PowerCut), transaction.atomic():
            mail.send_due(now=NOW + 70 * MINUTE)
    Outgoing.objects.update(state="claimed", claimed_at=NOW + 70 * MINUTE, tries=1)  # as it was committed
    assert mail.send_due(now=NOW + 84 * MINUTE) == 0 and mail.send_due(now=NOW + 86 * MINUTE) == 1
    first, second = django_mail.outbox
    assert first.message()["Message-ID"] == second.message()["Message-ID"]
    assert Outgoing.objects.get().doubts == 1 and room.heard == [(["7"], "sent")]
