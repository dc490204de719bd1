"""A mail that the relay took and that comes back later: reported as Postfix does (RFC 3464), believed of whom we wrote
to alone."""

import io
from datetime import timedelta

import pytest
from django.core import mail as django_mail
from django.core.management import call_command
from django.db import OperationalError
from django.utils import timezone

from preau.journal.models import Entry
from preau.kit.mail import returned, sending
from preau.notify import queries
from preau.people.models import Account
from tests.notify.told import at, said
from tests.world import TODAY

pytestmark = pytest.mark.django_db
REPORT = """\
Return-Path: <>
From: Mail Delivery System <MAILER-DAEMON@relais.example>
Subject: Undelivered Mail Returned to Sender
To: {back}
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="cut"

--cut
Content-Type: text/plain

<{last}>: host mx.example said: 550 no such box

--cut
Content-Type: message/delivery-status

Reporting-MTA: dns; relais.example

Final-Recipient: rfc822; {last}
Action: {action}
Status: 5.1.1

--cut
Content-Type: message/rfc822

From: =?utf-8?b?UHLDqWF1?= <preau@ecoles.example>
To: {to}
Date: {date}
Subject: Un mot

Un mot vous attend.
--cut--
"""


@pytest.fixture(autouse=True)
def returns(settings):
    settings.MAIL_RETURNS = "retours@ecoles.example"


@pytest.fixture
def guardian(mailed):
    account = mailed.account("guardian")
    Account.objects.filter(pk=account.pk).update(email_confirmed_at=timezone.now() - timedelta(days=2))
    return Account.objects.get(pk=account.pk)


@pytest.fixture
def hand_over(monkeypatch, capsys):
    """A report handed to the command; what it said."""

    def hand_over(to, *, last="", back="", action="failed", date=None):
        date = date or timezone.now().strftime("%a, %d %b %Y %H:%M:%S -0000")
        told = REPORT.format(to=to, last=last or to, back=back or returned.return_path(to), action=action, date=date)
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(told.encode())))
        call_command("returned_mail")
        return capsys.readouterr().out

    return hand_over


def is_refused(account):
    return Account.objects.get(pk=account.pk).email_refused_at is not None


def test_the_sender_of_the_envelope_is_ours_and_its_reader_sees_the_usual_one(settings):
    sending.send_text(to="Ada@example.org", subject="Un mot", text="…", message_id="1")
    settings.MAIL_RETURNS = ""
    sending.send_text(to="ada@example.org", subject="Un mot", text="…", message_id="2")
    first, second = django_mail.outbox
    assert first.from_email.startswith("retours+") and second.from_email == settings.DEFAULT_FROM_EMAIL
    assert {each.message()["From"] for each in (first, second)} == {second.message()["From"]}
    assert "ada" not in first.from_email.lower(), "a relay's log of senders names nobody"


@pytest.mark.parametrize("forwarded", [False, True])
def test_a_mail_that_comes_back_is_a_reason_not_to_be_reached(mailed, guardian, hand_over, forwarded):
    notice = said(mailed, at(0, 10))
    assert "prend plus de courriel\u00a0: 1" in hand_over(guardian.email, last="x@y.example" if forwarded else "")
    reasons = {line.person_id: line.reason for line in queries.reach(notice, TODAY).unreached}
    assert reasons[mailed.people["guardian"].pk] == queries.Reason.BOUNCED
    assert Entry.objects.filter(verb="note_address_refused", object_id=guardian.pk).count() == 1
    assert "\u00a0: 0" in hand_over(guardian.email), "the first report counts"


def test_who_we_did_not_write_to_is_not_believed(mailed, guardian, hand_over):
    other = returned.return_path("somebody@example.org")
    for more in ({"back": other}, {"back": "retours@ecoles.example"}, {"action": "delayed"}):
        assert "rien n’a changé" in hand_over(guardian.email, **more)
    assert not is_refused(guardian)


def test_an_address_confirmed_since_is_not_the_one_that_came_back(guardian, hand_over):
    Account.objects.filter(pk=guardian.pk).update(email_confirmed_at=timezone.now())
    hand_over(guardian.email)
    assert not is_refused(guardian)
    hand_over(guardian.email, date="soon")
    assert is_refused(guardian), "without a date, as of now"


def test_a_base_that_is_away_leaves_the_report_to_the_relay(guardian, hand_over, monkeypatch):
    def away(**_):
        raise OperationalError

    monkeypatch.setattr("preau.people.actions.note_mail_returned", away)
    with pytest.raises(SystemExit) as stopped:
        hand_over(guardian.email)
    assert stopped.value.code == 75
