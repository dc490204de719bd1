"""Each seat is convened: by mail when its holder gave an address, else by a letter; nobody else is told."""

from datetime import timedelta
from smtplib import SMTPDataError, SMTPRecipientsRefused, SMTPServerDisconnected

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils.timezone import now

from preau.journal.models import Entry
from preau.journal.queries import verify_chain
from preau.kit.answers import Refused
from preau.kit.mail import send_due
from preau.kit.models import Outgoing
from preau.people.models import Account
from preau.plan.governance import actions, queries
from tests.kept import kept
from tests.plan.governance.conftest import NOW, SECRET, day

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
HOLDERS = {"majority": "elected", "city": "city_it", "parents": "parents_federation"}


def url(name, session):
    return reverse(f"governance:{name}", args=[session.pk])


@pytest.fixture(autouse=True)
def any_hour(monkeypatch):
    """These tests start from the present instant, be it a Sunday."""
    monkeypatch.setattr("preau.kit.mail.hours.Hours.is_quiet", lambda hours, now: False)


@pytest.fixture
@kept
def seated(stage):
    """Three seats of the COPIL: an elected member with an address, one of the city without, a federation with."""
    for college, name in HOLDERS.items():
        actions.add_seat(
            person=stage.secretary,
            committee=stage.copil,
            college=college,
            title=f"siège {college}",
            starts_on=day(-9),
            holder=stage.who(name),
            now=NOW,
        )
    for name in ("elected", "parents_federation", "dsden"):
        Account.objects.filter(person=stage.who(name)).update(email=f"{name}@ecole.example", email_confirmed_at=NOW)
    return stage


@kept
def convened(stage):
    """A session convened in five days, with a point reserved to the members."""
    session = stage.session("planned", on=day(5))
    actions.add_item(
        person=stage.secretary,
        session=session,
        title="Point à huis clos",
        presented_by="city",
        is_reserved=True,
        now=NOW,
    )
    actions.convene_session(person=stage.secretary, session=session, now=NOW)
    session.refresh_from_db()
    return session


def ways(session):
    told = session.invitations.select_related("seat")
    return {row.seat.college: (row.way, row.told_at is not None) for row in told}


def test_seats_are_told_by_mail_or_wait_for_their_letter(seated):
    session = convened(seated)
    assert ways(session) == {"majority": ("mail", True), "city": ("paper", False), "parents": ("mail", True)}
    assert sorted(letter.to[0] for letter in mail.outbox) == [
        "elected@ecole.example",
        "parents_federation@ecole.example",
    ]


def test_a_mail_says_a_title_a_day_a_place_and_a_page_that_opens(seated, client):
    session = convened(seated)
    for letter in mail.outbox:
        text = f"{letter.subject} {letter.body}"
        assert "salle du conseil" in text and "Comité de pilotage" in text
        assert SECRET not in text and "Un point" not in text and "huis clos" not in text
        name = letter.to[0].split("@")[0]
        path = next(line for line in letter.body.splitlines() if line.startswith("http")).split("/", 3)[3]
        assert seated.world.sign_in(client, name).get(f"/{path}").status_code == 200
        assert (str(session.pk) in path) == (name == "elected")


def test_the_journal_seals_who_was_told(seated):
    session = convened(seated)
    lines = Entry.objects.filter(object_id__in=session.invitations.values("pk"))
    assert lines.filter(verb="governance.invite_seat", seal__isnull=False).count() == 3
    assert lines.filter(verb="governance.send_invitation", seal__isnull=False).count() == 2
    assert verify_chain(seated.city.pk).broken_at is None


def test_a_second_turn_sends_nothing_more(seated):
    convened(seated)
    assert send_due(now=NOW + MINUTE) == 0 and len(mail.outbox) == 2


def test_a_mail_that_did_not_leave_becomes_a_letter(seated):
    session = convened(seated)
    session.invitations.filter(way="mail").update(told_at=None)
    count = {
        minutes: len(queries.letters_of(session, NOW + minutes * MINUTE, only_to_hand=True)) for minutes in (1, 40)
    }
    assert count == {1: 1, 40: 3}


@pytest.mark.parametrize(
    "error",
    [
        SMTPServerDisconnected("coupure"),
        SMTPDataError(550, b"5.1.1 <elected@ecole.example> unknown user"),
        SMTPRecipientsRefused({"elected@ecole.example": (451, b"greylisted, elected@ecole.example")}),
    ],
)
def test_a_relay_that_fails_is_tried_again_and_no_row_holds_an_address(seated, monkeypatch, caplog, error):
    with monkeypatch.context() as broken:
        broken.setattr(EmailMessage, "send", _raise(error))
        session = convened(seated)  # the convening itself does not depend on the relay
    assert "@ecole.example" not in f"{caplog.text}{list(Outgoing.objects.values_list('ids', 'key'))}"
    assert ways(session)["majority"] == ("mail", False)
    assert send_due(now=now()) == 0 and send_due(now=now() + 2 * MINUTE) == 2
    assert ways(session)["majority"] == ("mail", True)


def test_a_refused_address_gets_the_letter(seated, monkeypatch):
    refused = SMTPRecipientsRefused({"elected@ecole.example": (550, b"unknown user")})
    monkeypatch.setattr(EmailMessage, "send", _raise(refused))
    assert ways(convened(seated))["majority"] == ("paper", False)


def _raise(error):
    def send(*_, **__):
        raise error

    return send


def test_the_letter_of_a_federation_holds_no_reserved_point(seated):
    letters = {
        letter.college: [title for title, _ in letter.points] for letter in queries.letters_of(convened(seated), NOW)
    }
    assert letters["Parents d’élèves"] == ["Un point"]
    assert letters["Élus, majorité"] == ["Un point", "Point à huis clos"]


def test_letters_are_printed_one_to_a_seat(seated, client):
    session = convened(seated)
    seated.world.sign_in(client, "city_education")
    whole = client.get(url("invitation_letters", session))
    assert whole["Content-Type"] == "application/pdf" and whole.content.count(b"/Type /Page\n") == 3
    some = client.get(url("invitation_letters", session) + "?a-remettre")
    assert some.content.count(b"/Type /Page\n") == 1


def test_the_page_tells_who_must_get_the_paper(seated, client, django_assert_max_num_queries):
    session = convened(seated)
    seated.world.sign_in(client, "city_education")
    with django_assert_max_num_queries(10):
        page = client.get(url("invitation_list", session)).content.decode()
    assert "1\u00a0lettre à remettre" in page and "ecole.example" not in page
    seat = session.invitations.get(way="paper").seat
    answer = client.post(url("invitation_list", session), {"seats": [seat.pk], "version": session.version})
    assert answer.status_code == 302 and ways(session)["city"] == ("paper", True)
    again = client.post(url("invitation_list", session), {"version": session.version})
    assert again.status_code == 422 and "Cochez" in again.content.decode()


def test_a_seat_added_later_is_convened_by_hand(seated, client):
    session = convened(seated)
    actions.add_seat(
        person=seated.secretary,
        committee=seated.copil,
        college="canope",
        title="Canopé",
        starts_on=day(-1),
        now=NOW,
    )
    seated.world.sign_in(client, "city_education")
    assert "pas convoqué" in client.get(url("invitation_list", session)).content.decode()
    client.post(url("invitation_create", session), {"version": session.version})
    assert ways(session)["canope"] == ("paper", False) and len(mail.outbox) == 2


def test_who_was_mailed_is_told_that_it_will_not_take_place(seated):
    session = convened(seated)
    mail.outbox.clear()
    actions.cancel_session(person=seated.secretary, session=session, reason=SECRET, now=NOW)
    assert send_due(now=NOW) == 0
    assert len(mail.outbox) == 2 and all(SECRET not in letter.body for letter in mail.outbox)


@pytest.mark.parametrize("name", ["elected", "city_it", "dsden", "city_education_far", "parents_federation"])
def test_only_the_secretariat_convenes_and_prints(seated, client, name):
    session = convened(seated)
    with pytest.raises(Refused):
        actions.invite_new_seats(person=seated.who(name), session=session, now=NOW)
    with pytest.raises(Refused):
        actions.hand_letters(person=seated.who(name), session=session, seats=[], now=NOW)
    seated.world.sign_in(client, name)
    wanted = 404 if name in ("city_education_far", "parents_federation") else 403
    assert client.get(url("invitation_letters", session)).status_code == wanted
    assert client.get(url("invitation_list", session)).status_code == (404 if wanted == 404 else 200)


def test_without_a_relay_every_seat_gets_its_letter(seated, settings):
    settings.MAIL_LEAVES = False
    assert {way for way, _ in ways(convened(seated)).values()} == {"paper"} and not mail.outbox
