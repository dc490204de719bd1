"""What calls those who are written to: once until it is read, in the hours of their school, without a word of it."""

import datetime

import pytest
from django.utils import timezone

from preau.ent.mail import actions, notices
from preau.ent.mail.actions.telling import MAIL, PUSH, REPORT
from preau.kit import mail
from preau.kit.models import Outgoing
from preau.notify.models import PushDevice
from preau.people.models import Account
from tests.ent.mail.acts import begin
from tests.ent.mail.test_reports import report
from tests.kit.test_push import Browser

pytestmark = pytest.mark.django_db
SECRET = "Zibeline"


def at(hour, days=0):
    day = datetime.date(2026, 11, 10) + datetime.timedelta(days=days)  # a Tuesday
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time(hour)))


@pytest.fixture
def mailed(world, monkeypatch):
    """The guardian, the teacher and the IEN gave an address; nothing leaves before the test says."""
    monkeypatch.setattr("preau.kit.tasks.enqueue", lambda *words: None)
    for name in ("guardian", "teacher", "ien"):
        given = {"email": f"{name}@essai.example", "email_confirmed_at": at(8, -30)}
        Account.objects.filter(person=world.people[name]).update(**given)
    return world


def queued(kind=MAIL):
    return list(Outgoing.objects.filter(kind=kind).order_by("id"))


def letter(row, now):
    return {MAIL: notices.mail_of, PUSH: notices.push_of, REPORT: notices.report_of}[row.kind](*row.ids, now=now)


def test_one_mail_until_it_is_read_that_counts_to_the_row_and_says_nothing(mailed):
    conversation = begin(mailed, subject=SECRET, text=SECRET, now=at(10))
    actions.answer(person=mailed.people["guardian"], conversation=conversation, text=SECRET, now=at(11))
    (row,) = queued()
    said = letter(row, at(11))
    assert said.to == "teacher@essai.example" and said.subject == "Préau\u00a0: 2\u00a0messages"
    for name in (SECRET, "Canari", "Tilleuls"):
        assert name not in said.text + said.subject
    actions.mark_seen(person=mailed.people["teacher"], conversation=conversation, number=2, now=at(12))
    assert letter(row, at(12)) is None
    actions.answer(person=mailed.people["guardian"], conversation=conversation, text="Encore", now=at(13))
    assert len(queued()) == 2 and letter(queued()[1], at(13)).subject.endswith("1\u00a0message")


def test_at_night_it_waits_and_is_asked_again_as_it_leaves(mailed):
    conversation = begin(mailed, now=at(21))
    (row,) = queued()
    assert at(7, 1) <= row.due_at < at(8, 1)
    assert letter(row, at(22)) == mail.Later(at(7, 1))
    message = conversation.messages.get()
    actions.recall_message(person=mailed.people["guardian"], message=message, now=at(21))
    assert letter(row, at(7, 1)) is None, "taken back, nobody is called"
    with_sourdine = begin(mailed, now=at(9, 1))
    actions.mute(person=mailed.people["teacher"], conversation=with_sourdine, is_muted=True, now=at(9, 1))
    assert letter(queued()[-1], at(9, 1)) is None


def test_what_is_said_after_a_message_taken_back_at_night_is_told(mailed):
    conversation = begin(mailed, now=at(21))
    actions.recall_message(person=mailed.people["guardian"], message=conversation.messages.get(), now=at(21))
    mail.send_due(now=at(9, 1))
    assert queued()[0].state == mail.DROPPED
    actions.answer(person=mailed.people["guardian"], conversation=conversation, text="Finalement", now=at(10, 1))
    (_, row) = queued()
    assert letter(row, at(10, 1)).subject.endswith("1\u00a0message")


def test_a_telephone_is_called_once_a_day_for_a_child(mailed):
    given = Browser().given("https://updates.push.services.mozilla.com/wpush/v2/essai")
    PushDevice.objects.create(person=mailed.people["guardian"], endpoint_digest="a" * 64, asked_at=at(8), **given)
    for hour in (9, 10):
        conversation = begin(mailed, "teacher", ("guardian",), text=SECRET, now=at(hour))
    (row,) = queued(PUSH)
    payload = letter(row, at(10)).payload.decode()
    assert "2\u00a0messages." in payload and SECRET not in payload
    assert conversation


def test_in_the_reader_s_language(mailed):
    mailed.people["guardian"].reading_language = "en"
    mailed.people["guardian"].save()
    begin(mailed, "teacher", ("guardian",), now=at(9))
    said = letter(queued()[0], at(9))
    assert said.language == "en" and "1 message to read" in said.subject


def test_a_report_calls_who_receives_it_until_it_is_taken_up(mailed):
    message = begin(mailed, "teacher", ("guardian",), now=at(9)).messages.get()
    made = report(mailed, "guardian", message, now=at(10))
    (row,) = queued(REPORT)
    said = letter(row, at(10))
    assert said.to == "ien@essai.example" and "signalement" in said.subject and "Canari" not in said.text
    actions.take_report(person=mailed.people["ien"], report=made, now=at(11))
    assert letter(row, at(11)) is None
