"""What the pages of a session offer while it sits: who came, what is decided again, what is still to be approved."""

import re

import pytest

from preau.kit.answers import Conflict
from preau.plan.governance import actions
from tests.kept import kept
from tests.plan.conftest import NOW
from tests.plan.governance.conftest import day
from tests.plan.governance.test_pages import url

APPROVE = "Approuver ce relevé"


@kept
def published(stage, **more):
    """A decision whose relevé is published."""
    session = stage.session("held", **more)
    decision = stage.decide(
        session, text="Le comité demande un bilan de tout ce qui a été équipé depuis six ans, école par école."
    )
    actions.draft_minutes(person=stage.secretary, session=session, text="Relevé.", now=NOW)
    stage.approve(session)
    actions.publish_minutes(person=stage.secretary, session=session, now=NOW)
    decision.refresh_from_db()
    return decision


def test_who_approved_a_releve_is_not_asked_again(stage, client):
    session = stage.session("minutes_draft")
    page = url("minutes_detail", session.pk)
    stage.world.sign_in(client, "elected")
    assert APPROVE in client.get(page).text
    told = client.post(url("minutes_approval", session.pk), {"version": session.version}, follow=True).text
    assert "\u00a0: vous avez approuvé ce relevé" in told and APPROVE not in told
    stage.world.sign_in(client, "dsden")
    assert APPROVE in client.get(page).text, "the other authority has not"
    for said in ("vous avez approuvé ce relevé", "Ce relevé est déjà approuvé"):
        sent = client.post(url("minutes_approval", session.pk), {"version": session.version}, follow=True).text
        assert said in sent, "the last button of the two, pressed twice"


def test_names_that_the_sheet_proposes_stop_nobody(stage, client):
    session, holder = stage.session("held"), stage.who("elected")
    seats = [
        actions.add_seat(
            person=stage.secretary,
            committee=stage.copil,
            college="majority",
            title=title,
            holder=holder,
            starts_on=day(-900),
            now=NOW,
        )
        for title in ("Adjointe", "Maire")
    ]
    stage.world.sign_in(client, "city_education")
    assert client.get(url("attendance", session.pk)).text.count(f'value="{holder.full_name}"') == 2
    typed = {f"attendee-{seat.pk}": holder.full_name for seat in seats} | {"version": session.version}
    typed[f"presence-{seats[0].pk}"] = "present"
    assert client.post(url("attendance", session.pk), typed).status_code == 302
    assert list(session.attendances.values_list("seat", "presence")) == [(seats[0].pk, "present")]
    other = typed | {f"attendee-{seats[1].pk}": "Mme Canari"}
    assert "Un nom est écrit" in client.post(url("attendance", session.pk), other).text


def test_a_decision_to_replace_is_named_by_what_it_says(stage, client):
    decision = published(stage)
    stage.world.sign_in(client, "city_education")
    page = client.get(url("decision_create", stage.session("held").pk)).text
    (option,) = re.findall(rf'<option value="{decision.pk}">([^<]*)', page)
    assert option.startswith(f"{decision.number}, Le comité demande un bilan") and option.endswith("…")


def test_the_cotech_replaces_no_decision_of_the_copil(stage, client):
    decision, own = published(stage), published(stage, committee=stage.cotech)
    session = stage.session("held", committee=stage.cotech)
    with pytest.raises(Conflict, match="le COTECH les siennes"):
        stage.decide(session, replaces=decision)
    stage.world.sign_in(client, "city_education")
    offered = client.get(url("decision_create", session.pk)).text
    assert str(own.pk) in offered and str(decision.pk) not in offered
    assert stage.decide(session, replaces=own).replaces == own
    assert stage.decide(stage.session("held"), replaces=own).replaces == own, "the COPIL goes on from an opinion"


def noted(client, session, **votes):
    session.refresh_from_db()
    typed = {"version": session.version, "text": "Le comité adopte.", "result": "adopted", **votes}
    return client.post(url("decision_create", session.pk), typed, follow=True)


def test_a_vote_left_empty_is_said_unknown_and_never_written_zero(stage, client):
    stage.world.sign_in(client, "city_education")
    session = stage.session("held")
    page = noted(client, session, votes_for=3, votes_against=0, abstentions="").text
    assert "3 pour, 0 contre, abstentions non renseignées" in page
    decision = session.decisions.get()
    assert (decision.votes_for, decision.votes_against, decision.abstentions) == (3, 0, None)
    assert "Vote</dt><dd>vote non renseigné" in noted(client, session).text


def test_voices_are_never_more_than_the_seats_nor_than_those_who_came(stage, client):
    stage.seat_everyone()
    stage.world.sign_in(client, "city_education")
    session = stage.session("held")
    page = noted(client, session, votes_for=5, votes_against=1, abstentions=1)
    assert "7\u00a0voix, abstentions comprises, pour 6\u00a0sièges du comité" in page.text and 'value="5"' in page.text
    assert not session.decisions.exists()
    assert noted(client, session, votes_for=5, votes_against=1).status_code == 200
    seats = list(stage.copil.seats.all())
    rows = {seat.pk: ("present", "") for seat in seats[1:]} | {seats[0].pk: ("excused", "")}
    with pytest.raises(Conflict, match=f"{session.decisions.get().number} compte 6.voix.* pour 5.sièges présents"):
        actions.record_attendance(person=stage.secretary, session=session, rows=rows, now=NOW)
    assert not session.attendances.exists()
    actions.amend_decision(person=stage.secretary, decision=session.decisions.get(), now=NOW, votes_for=4)
    actions.record_attendance(person=stage.secretary, session=session, rows=rows, now=NOW)
    assert "pour 5\u00a0sièges présents" in noted(client, session, votes_for=6).text


def test_a_decision_says_whose_approval_it_waits_for(stage, client):
    """A COTECH's relevé, which the city writes, waits for the State alone."""
    stage.world.sign_in(client, "city_education")
    for committee, whose in ((stage.copil, "des deux autorités"), (stage.cotech, "de l’Éducation nationale.")):
        session = stage.session("held", committee=committee)
        given = {"text": "Un bilan.", "result": "adopted", "version": session.version}
        said = client.post(url("decision_create", session.pk), given, follow=True).text
        assert f"une fois le relevé approuvé {whose}" in said, whose


def test_a_session_where_nobody_sits_leads_to_the_seats_before_and_after_it_is_convened(stage, client):
    session = stage.session("planned", on=day(5))
    session.refresh_from_db()
    stage.copil.seats.all().delete()
    stage.world.sign_in(client, "city_education")
    way = url("seat_list", stage.copil.pk)
    assert f'href="{way}">Écrire qui siège' in client.get(url("session_detail", session.pk)).text
    client.post(url("session_convening", session.pk), {"version": session.version})
    page = client.get(url("invitation_list", session.pk)).text
    assert "Personne n’est prévenu" in page and f'href="{way}">Écrire qui siège' in page
    assert way not in stage.world.sign_in(client, "dsden").get(url("session_detail", session.pk)).text
