"""Reminders by mail: one message a person and a day, for all that waits; silence stays silence."""

import datetime
from smtplib import SMTPServerDisconnected
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.utils.timezone import localdate

from preau.kit.mail import HOURS, Hours, send_due
from preau.people.models import Account
from preau.places.models import School
from preau.plan.applications import actions as applications
from preau.plan.applications.models import Opinion
from preau.plan.desk import actions, notices, queries, tasks
from tests.kept import kept
from tests.plan.applications.conftest import PROJECT
from tests.plan.desk.conftest import DAY, NOW

pytestmark = pytest.mark.django_db
STEP = "Avancer une étape"
SOON = NOW + 19 * DAY  # the IEN's opinion is due in two days

IS_QUIET = Hours.is_quiet


@pytest.fixture(autouse=True)
def any_hour(monkeypatch):
    """These tests start from the present instant, be it a Sunday."""
    monkeypatch.setattr(Hours, "is_quiet", lambda hours, now: False)


@pytest.fixture
@kept
def reached(story):
    """Everyone has an address."""
    for person in story.world.people.values():
        Account.objects.filter(person=person).update(email=f"{person.pk}@ecole.example", email_confirmed_at=NOW)
    return story


def morning(now):
    """How many mails leave."""
    applications.remind(now=now)
    return written(now)


def written(now):
    before = len(mail.outbox)
    actions.remind_by_mail(now=now)
    send_due(now=now)
    return len(mail.outbox) - before


def to_whom(story):
    names = {str(person.pk): name for name, person in story.world.people.items()}
    return sorted(names[letter.to[0].split("@")[0]] for letter in mail.outbox)


def test_who_owes_an_opinion_is_written_to_once(reached):
    reached.until("filed")
    assert morning(NOW) == 0
    assert morning(SOON) == 1 and to_whom(reached) == ["ien"]
    assert morning(SOON) == 0 and morning(SOON + DAY) == 0
    letter = mail.outbox[0]
    assert "Rendre un avis" in letter.body and "/plan/" in letter.body and "ne vaut jamais accord" in letter.body
    for secret in ("Tilleuls", PROJECT, reached.application.title):
        assert secret not in f"{letter.subject} {letter.body}"


def test_a_reminder_gives_no_opinion(reached):
    reached.until("filed")
    for days in range(18, 40):
        morning(NOW + days * DAY)
    opinion = Opinion.objects.get()
    assert (opinion.verdict, opinion.given_at) == ("", None)
    reached.application.refresh_from_db()
    assert reached.application.state == "inspector_review"


def test_the_team_of_a_draft_is_written_to_before_the_call_closes(reached):
    reached.until("written")
    assert morning(NOW + 28 * DAY) > 1
    assert "head" in to_whom(reached) and "ien" not in to_whom(reached) and "head_far" not in to_whom(reached)


def test_one_message_groups_all_that_waits(reached):
    reached.until("filed")
    School.objects.filter(slug="saules").update(district=reached.school.district)
    reached.world.schools["saules"].refresh_from_db()
    second = reached.fill(reached.start("saules", "head_other_school"), head="head_other_school")
    applications.submit(person=reached.who("head_other_school"), application=second, now=NOW)
    morning(SOON)
    bodies = [letter.body for letter in mail.outbox if letter.to[0].startswith(str(reached.who("ien").pk))]
    assert len(bodies) == 1 and "Rendre un avis\u00a0: 2" in bodies[0]


def test_a_term_that_is_over_reads_late_as_on_the_page(reached):
    reached.until("under_way")
    for now in (NOW - 2 * DAY, NOW):
        heaps = [heap for heap in queries.heaps_for(reached.who("city_it"), now) if heap.act.words == STEP]
        line = notices.reminder_mail(heaps, localdate(now))[1].partition("– ")[2].partition("\n")[0]
        assert line.startswith(STEP) and line.endswith(", en retard") is (now == NOW), line


def test_a_worker_that_was_down_writes_the_next_day(reached):
    reached.until("filed")
    applications.remind(now=SOON)
    assert written(SOON + DAY) == 1
    assert written(SOON + 2 * DAY) == 0


def test_a_relay_that_fails_is_tried_again(reached, monkeypatch):
    reached.until("filed")

    def cut(*_):
        raise SMTPServerDisconnected("coupure")

    with monkeypatch.context() as broken:
        broken.setattr(mail.EmailMessage, "send", cut)
        assert morning(SOON) == 0
    assert morning(SOON) == 0 and send_due(now=SOON + datetime.timedelta(minutes=1)) == 1


def test_what_was_done_meanwhile_is_not_said(reached, monkeypatch):
    reached.until("filed")
    applications.remind(now=SOON)
    actions.remind_by_mail(now=SOON)
    monkeypatch.setattr("preau.plan.desk.queries.heaps_for", lambda person, now: [])
    assert send_due(now=SOON) == 0 and not mail.outbox


def test_nobody_is_written_to_without_an_address_a_relay_or_an_opinion_to_give(reached, settings):
    reached.until("filed")
    Account.objects.filter(person=reached.who("ien")).update(email="")
    assert morning(SOON) == 0
    Account.objects.filter(person=reached.who("ien")).update(email="ien@ecole.example")
    settings.MAIL_LEAVES = False
    assert morning(SOON) == 0
    settings.MAIL_LEAVES = True
    reached.give(reached.application)
    assert morning(SOON) > 1  # those who come after the IEN, and not the IEN
    assert ["ien@ecole.example"] not in [letter.to for letter in mail.outbox]


def at(days, hour, minute=0):
    """An instant of Paris, `days` after the second Saturday to come."""
    day = localdate(NOW) + datetime.timedelta(days=7 + (5 - localdate(NOW).weekday()) % 7 + days)
    return datetime.datetime.combine(day, datetime.time(hour, minute), ZoneInfo("Europe/Paris"))


def test_nothing_leaves_at_night_nor_at_the_weekend(reached, monkeypatch):
    monkeypatch.setattr(Hours, "is_quiet", IS_QUIET)
    reached.until("filed")
    Opinion.objects.update(reminded_on=at(0, 7).date(), due_on=at(3, 7).date())
    for quiet in (at(-1, 20), at(0, 7, 10), at(0, 12), at(1, 12), at(2, 6, 59)):
        assert written(quiet) == 0
    assert written(at(2, 7, 10)) == 1


def test_the_morning_turn_falls_in_hours_that_are_not_quiet():
    (turn,) = tasks.SCHEDULE
    assert not HOURS.is_quiet(turn.next_due(at(3, 0)))
