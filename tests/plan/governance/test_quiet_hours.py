"""A convening queued at night or at the weekend leaves at the next open hour; its sealed act keeps its instant."""

import datetime
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.urls import reverse

from preau.journal.models import Entry
from preau.kit.mail import HOURS, put, send_due
from preau.kit.models import Outgoing
from preau.people.models import Account
from preau.plan.governance import actions, queries
from tests.kept import kept
from tests.plan.governance.conftest import NOW, TODAY, day

PARIS = ZoneInfo("Europe/Paris")
# The second Saturday to come: what is queued then waits on the real clock too.
SATURDAY = 7 + (5 - TODAY.weekday()) % 7
pytestmark = pytest.mark.django_db


def at(days, hour, minute=0):
    """An instant of Paris, `days` after that Saturday."""
    return datetime.datetime.combine(day(SATURDAY + days), datetime.time(hour, minute), PARIS)


@pytest.fixture
@kept
def planned(stage):
    """A COPIL on the second Friday after that Saturday, with a seat whose holder has an address and one without."""
    for college, name in (("majority", "elected"), ("city", "city_it")):
        actions.add_seat(
            person=stage.secretary,
            committee=stage.copil,
            college=college,
            title=college,
            starts_on=day(-9),
            holder=stage.who(name),
            now=NOW,
        )
    Account.objects.filter(person=stage.who("elected")).update(email="elu@ecole.example", email_confirmed_at=NOW)
    return stage.session("planned", on=day(SATURDAY + 13))


def convene(stage, session, now):
    actions.convene_session(person=stage.secretary, session=session, now=now)
    send_due(now=now)
    session.refresh_from_db()


@pytest.mark.parametrize(
    ("queued", "leaves"),
    [
        (at(3, 10), at(3, 10)), (at(3, 7), at(3, 7)), (at(3, 19, 59), at(3, 19, 59)), (at(3, 20), at(4, 7)),
        (at(3, 6, 59), at(3, 7)), (at(-1, 20), at(2, 7)), (at(0, 3), at(2, 7)), (at(1, 12), at(2, 7)),
    ],
)  # fmt: skip
def test_a_mail_leaves_at_once_or_at_the_next_open_hour(queued, leaves):
    assert HOURS.open_from(queued) == leaves and not HOURS.is_quiet(leaves)


def test_a_clock_that_changes_in_the_weekend_changes_no_hour():
    friday = datetime.datetime(2026, 10, 23, 21, 0, tzinfo=PARIS)
    assert HOURS.open_from(friday) == datetime.datetime(2026, 10, 26, 7, 0, tzinfo=PARIS)


def test_what_is_convened_on_a_saturday_leaves_on_monday(stage, planned, client):
    convene(stage, planned, at(0, 9))
    told = planned.invitations.get(way="mail")
    assert not mail.outbox and told.told_at is None
    assert planned.convened_at == told.called_at == at(0, 9)  # the act keeps its instant
    assert Entry.objects.get(verb="governance.convene_session").at == at(0, 9)
    for quiet in (at(0, 12), at(1, 12), at(2, 6, 59)):
        assert send_due(now=quiet) == 0 and not mail.outbox
        lines = {line.seat.college: line for line in queries.invitation_lines(planned, quiet)}
        assert (lines["majority"].is_to_hand, lines["majority"].leaves_at) == (False, at(2, 7))
        assert (lines["city"].is_to_hand, lines["city"].leaves_at) == (True, None)
    assert send_due(now=at(2, 7, 10)) == 1 and len(mail.outbox) == 1
    assert send_due(now=at(2, 8)) == 0
    told.refresh_from_db()
    assert told.told_at == at(2, 7, 10)


def test_the_page_says_when_the_mail_leaves(stage, planned, client, monkeypatch):
    convene(stage, planned, at(0, 9))
    monkeypatch.setattr("preau.plan.governance.views.invitations.now", lambda: at(0, 10))
    stage.world.sign_in(client, "city_education")
    page = client.get(reverse("governance:invitation_list", args=[planned.pk])).text
    assert "courriel prêt, il part le" in page and "à 7\u00a0h" in page and "1\u00a0lettre à remettre" in page


def test_a_mail_that_did_not_leave_in_the_morning_becomes_a_letter(stage, planned):
    convene(stage, planned, at(0, 9))
    for minutes, to_hand in ((29, 1), (31, 2)):
        assert len(queries.letters_of(planned, at(2, 7, minutes), only_to_hand=True)) == to_hand


def test_what_waits_for_the_morning_leaves_over_ten_minutes(stage, planned):
    for number in range(200):
        put("governance.convening", planned.pk, key=str(number), now=at(0, 9), due_at=at(2, 7))
    due = sorted(Outgoing.objects.values_list("due_at", flat=True))
    assert at(2, 7) <= due[0] and due[-1] < at(2, 7, 10)
    counts = [sum(at(2, 7, minute) <= each < at(2, 7, minute + 1) for each in due) for minute in range(10)]
    assert max(counts) <= 60, counts


def test_a_cancelling_waits_too(stage, planned, client, monkeypatch):
    convene(stage, planned, at(2, 9))
    mail.outbox.clear()
    actions.cancel_session(person=stage.secretary, session=planned, reason="Grève", now=at(3, 21))
    assert send_due(now=at(3, 21)) == 0 and not mail.outbox
    monkeypatch.setattr("preau.plan.governance.views.invitations.now", lambda: at(3, 22))
    stage.world.sign_in(client, "city_education")
    assert "l’annulation part le" in client.get(reverse("governance:invitation_list", args=[planned.pk])).text
    assert send_due(now=at(4, 7, 10)) == 1
    assert "annulée" in mail.outbox[0].subject


def test_a_session_that_would_come_first_is_told_at_once(stage, planned):
    """Queued on the night before: the same morning at 7 h would be too late to be of use."""
    convene(stage, planned, at(2, 9))
    mail.outbox.clear()
    actions.cancel_session(person=stage.secretary, session=planned, reason="Grève", now=at(12, 21))
    assert send_due(now=at(12, 21)) == 1


def test_without_a_relay_what_waited_becomes_a_letter(stage, planned, settings):
    convene(stage, planned, at(0, 9))
    settings.MAIL_LEAVES = False
    assert send_due(now=at(2, 7, 10)) == 0
    assert {row.way for row in planned.invitations.all()} == {"paper"}
