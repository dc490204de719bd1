"""Once convened, members are told of a changed agenda as they were convened: once a batch, when one asks."""

import io
from datetime import timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.urls import reverse
from pypdf import PdfReader

from preau.journal.models import Entry
from preau.journal.queries import verify_chain
from preau.kit.answers import Conflict, Refused
from preau.kit.mail import send_due
from preau.plan.governance import actions, queries
from preau.plan.governance.models import Session
from tests.kept import kept
from tests.plan.governance.conftest import NOW, SECRET, day
from tests.plan.governance.test_invitations import any_hour, seated  # noqa: F401 fixtures

BUTTON, NOT_TOLD = "Prévenir les membres du changement", "Les membres n’en sont pas prévenus"
HOUR = timedelta(hours=1)
START = NOW - 12 * HOUR  # the mails leave on the real clock, after all of it
pytestmark = pytest.mark.django_db


@kept
def convened(stage):
    """In five days, with a point reserved to the members."""
    session = stage.session("planned", on=day(5))
    actions.add_item(
        person=stage.secretary,
        session=session,
        title="Point à huis clos",
        presented_by="city",
        is_reserved=True,
        now=START,
    )
    actions.convene_session(person=stage.secretary, session=session, now=START)
    return fresh(session)


def page_of(session):
    return reverse("governance:session_detail", args=[session.pk])


@pytest.fixture
def session(seated):  # noqa: F811
    """Convened: one seat by mail, one by a letter handed over, a federation by mail."""
    session = convened(seated)
    seats = [row.seat_id for row in session.invitations.filter(way="paper")]
    actions.hand_letters(person=seated.secretary, session=session, seats=seats, now=START)
    mail.outbox.clear()
    return fresh(session)


def fresh(session):
    return Session.objects.select_related("committee__city").get(pk=session.pk)


def add(stage, session, title="Un point de plus", now=START + HOUR):
    item = actions.add_item(person=stage.secretary, session=session, title=title, presented_by="city", now=now)
    return item, fresh(session)


def tell(stage, session, now=START + 2 * HOUR):
    made = actions.tell_agenda(person=stage.secretary, session=session, now=now)
    send_due(now=now)
    return made


def changes(session):
    rows = session.invitations.filter(change__gte=1).select_related("seat")
    return sorted((row.change, row.seat.college, row.way, row.told_at is not None) for row in rows)


def test_several_changes_are_told_once_as_each_was_convened(seated, session):  # noqa: F811
    item, session = add(seated, session, "Un retrait")
    _, session = add(seated, session)
    actions.remove_item(person=seated.secretary, item=item, now=START + HOUR)
    assert not mail.outbox and fresh(session).is_agenda_untold
    tell(seated, session)
    assert changes(session) == [
        (1, "city", "paper", False),
        (1, "majority", "mail", True),
        (1, "parents", "mail", True),
    ]
    assert len(mail.outbox) == 2 and not fresh(session).is_agenda_untold
    for letter in mail.outbox:
        assert "Ordre du jour modifié" in letter.subject and "a changé" in letter.body and "http" in letter.body
        assert SECRET not in letter.body and "Un point" not in letter.body and "huis clos" not in letter.body
    with pytest.raises(Conflict, match="n’a pas changé"):
        tell(seated, session)
    assert len(mail.outbox) == 2


def test_the_page_says_whether_members_were_told(seated, session, client):  # noqa: F811
    def reads(name):
        seated.world.sign_in(client, name)
        return client.get(page_of(session)).text

    assert NOT_TOLD not in reads("city_education") and BUTTON not in reads("city_education")
    add(seated, session)
    assert NOT_TOLD in reads("elected") and BUTTON not in reads("elected")
    page = reads("city_education")
    assert NOT_TOLD in page and BUTTON in page
    seated.world.sign_in(client, "city_education")
    url = reverse("governance:agenda_notice", args=[session.pk])
    stale = client.post(url, {"version": session.version}, follow=True).text  # the page before the new point
    assert "a changé depuis que vous l’avez ouverte" in stale and not mail.outbox
    session = fresh(session)
    list_page = client.post(url, {"version": session.version}, follow=True).text
    assert "Ordre du jour modifié" in list_page and "1\u00a0lettre à remettre" in list_page
    for name in ("city_education", "elected"):
        page = reads(name)
        assert "annoncé aux membres le" in page and NOT_TOLD not in page and BUTTON not in page
    add(seated, session, "Encore un", now=fresh(session).agenda_told_at + HOUR)
    assert "dernière annonce" in reads("city_education") and BUTTON in reads("city_education")


def test_the_letter_holds_the_new_agenda_and_is_handed_over(seated, session, client):  # noqa: F811
    _, session = add(seated, session)
    tell(seated, session)
    seated.world.sign_in(client, "city_education")
    pdf = client.get(reverse("governance:invitation_letters", args=[session.pk]) + "?a-remettre").content
    (sheet,) = [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]
    assert "Ordre du jour modifié" in sheet and "Un point de plus" in sheet and "le remplace" in sheet
    seat = session.invitations.get(change=1, way="paper").seat
    url = reverse("governance:invitation_list", args=[session.pk])
    answer = client.post(url, {"seats": [seat.pk], "version": fresh(session).version})
    assert answer.status_code == 302 and (1, "city", "paper", True) in changes(session)
    assert not queries.letters_of(fresh(session), START + 3 * HOUR, only_to_hand=True)


def test_who_still_waits_for_the_convening_reads_the_new_agenda_in_it(seated):  # noqa: F811
    session = convened(seated)  # the letter of the city's seat is not handed over
    _, session = add(seated, session)
    tell(seated, session)
    assert [row[1] for row in changes(session)] == ["majority", "parents"]
    (letter,) = queries.letters_of(session, START + 3 * HOUR, only_to_hand=True)
    assert not letter.is_change and "Un point de plus" in [title for title, _ in letter.points]


def test_a_second_change_is_a_second_message(seated, session):  # noqa: F811
    for time in (1, 2):
        _, session = add(seated, session, f"Point {time}", now=START + time * 2 * HOUR)
        tell(seated, session, now=START + (time * 2 + 1) * HOUR)
    assert len(mail.outbox) == 4
    # The letter that still waits from the first change says the second.
    assert [row[:2] for row in changes(session) if row[2] == "paper"] == [(1, "city")]


def test_only_what_a_letter_says_counts_as_a_change(seated, session):  # noqa: F811
    item = session.items.first()
    actions.edit_item(person=seated.secretary, item=item, now=START + HOUR, text="Un exposé plus long.")
    assert not fresh(session).is_agenda_untold
    actions.edit_item(person=seated.secretary, item=item, now=START + HOUR, title="Un autre intitulé")
    assert fresh(session).is_agenda_untold


def test_moving_a_point_is_a_change_and_preparing_is_none(seated):  # noqa: F811
    session = seated.session("planned", on=day(5))
    add(seated, session)
    assert fresh(session).agenda_changed_at is None
    actions.convene_session(person=seated.secretary, session=session, now=START)
    assert not fresh(session).is_agenda_untold
    actions.move_item(person=seated.secretary, item=session.items.last(), is_up=True, now=START + HOUR)
    assert fresh(session).is_agenda_untold


def test_it_can_still_be_told_once_the_dossier_is_frozen(seated, session):  # noqa: F811
    _, session = add(seated, session)
    actions.freeze_dossier(person=seated.secretary, session=session, now=START + HOUR)
    tell(seated, fresh(session))
    assert len(mail.outbox) == 2


def test_a_cancelling_is_said_once_to_who_was_told_twice(seated, session):  # noqa: F811
    _, session = add(seated, session)
    tell(seated, session)
    mail.outbox.clear()
    actions.cancel_session(person=seated.secretary, session=session, reason="Grève", now=START + 3 * HOUR)
    assert send_due(now=START + 3 * HOUR) == 0
    assert sorted(letter.to[0].split("@")[0] for letter in mail.outbox) == ["elected", "parents_federation"]


def test_the_journal_seals_the_telling(seated, session):  # noqa: F811
    _, session = add(seated, session)
    tell(seated, session)
    assert Entry.objects.get(verb="governance.tell_agenda").seal.role == "city_education"
    assert Entry.objects.filter(verb="governance.tell_seat_of_agenda", seal__isnull=False).count() == 3
    assert verify_chain(seated.city.pk).is_whole


@pytest.mark.parametrize("name", ["elected", "city_it", "dsden", "city_education_far", "parents_federation"])
def test_only_the_secretariat_tells(seated, session, client, name):  # noqa: F811
    add(seated, session)
    with pytest.raises(Refused):
        actions.tell_agenda(person=seated.who(name), session=session, now=START)
    seated.world.sign_in(client, name)
    answer = client.post(reverse("governance:agenda_notice", args=[session.pk]), {"version": fresh(session).version})
    assert answer.status_code == (404 if name in ("city_education_far", "parents_federation") else 403)
    assert fresh(session).agenda_told_at is None and not mail.outbox


def test_the_base_refuses_a_change_before_the_convening(seated):  # noqa: F811
    session = seated.session("planned", on=day(5))
    with pytest.raises(IntegrityError), transaction.atomic():
        Session.objects.filter(pk=session.pk).update(agenda_changed_at=START)


def test_the_pages_ask_ten_queries_at_most(seated, session, client, django_assert_max_num_queries):  # noqa: F811
    _, session = add(seated, session)
    tell(seated, session)
    add(seated, session, "Encore", now=START + 3 * HOUR)
    seated.world.sign_in(client, "city_education")
    for page in (page_of(session), reverse("governance:invitation_list", args=[session.pk])):
        client.get(page)
        with django_assert_max_num_queries(10, info=page):
            client.get(page)
