"""AC-22 and AC-23 of plan.md (d)."""

import pytest

from preau.kit.answers import Conflict
from preau.plan.governance import actions, queries
from preau.plan.governance.models import Committee, Session
from tests.plan.governance.conftest import NOW, TODAY, day

pytestmark = pytest.mark.django_db


def state_of(stage, kind, on=TODAY):
    return next(s for s in queries.committee_states(stage.city, on) if s.committee.kind == kind)


def test_ac_22_a_copil_once_or_twice_a_year(stage):
    """Warning when 0 in 12 months."""
    assert state_of(stage, "copil").warning == "Aucun COPIL depuis plus de 12\u00a0mois."
    stage.session("held", on=day(-365))
    assert state_of(stage, "copil").warning == ""
    assert state_of(stage, "copil", day(1)).warning == "Aucun COPIL depuis plus de 12\u00a0mois."


def test_ac_22_a_session_planned_or_cancelled_is_not_a_session_held(stage):
    stage.session("pack_frozen")
    dropped = stage.session("convened")
    actions.cancel_session(person=stage.secretary, session=dropped, reason="faute de quorum", now=NOW)
    assert state_of(stage, "copil").is_late


def test_ac_22_the_six_colleges_or_the_dossier_says_so(stage):
    session = stage.session("convened")
    assert len(queries.missing_colleges(session)) == 6
    stage.seat_everyone()
    assert queries.missing_colleges(session) == ()
    parents = stage.copil.seats.get(college="parents")
    actions.end_seat(person=stage.secretary, seat=parents, ends_on=day(-5), now=NOW)
    (dossier, _) = actions.freeze_dossier(person=stage.secretary, session=session, now=NOW)
    assert "Collège non représenté\u00a0: Parents d’élèves." in bytes(dossier.data).decode()


def test_ac_22_a_college_that_did_not_come_is_not_represented(stage):
    stage.seat_everyone()
    session = stage.session("held")
    rows = {seat.pk: ("present", "") for seat in stage.copil.seats.all()}
    rows[stage.copil.seats.get(college="opposition").pk] = ("excused", "")
    rows[stage.copil.seats.get(college="canope").pk] = ("represented", "")
    actions.record_attendance(person=stage.secretary, session=session, rows=rows, now=NOW)
    assert queries.missing_colleges(session) == ("Élus, opposition",)


def test_ac_23_a_cotech_each_quarter(stage):
    """Warning after 100 days, and the deck's other colleges."""
    stage.session("held", committee=stage.cotech, on=day(-100))
    assert state_of(stage, "cotech").warning == ""
    assert state_of(stage, "cotech", day(1)).warning == "Aucun COTECH depuis 101\u00a0jours, plus de 100."
    assert [c.label for c in stage.cotech.composition] == [
        "Adjointe ou adjoint de l’IA-DASEN",
        "IEN",
        "Équipes TICE",
        "Canopé",
        "Direction Éducation",
        "Informatique de la Ville",
    ]


@pytest.mark.parametrize("kind, college", [("copil", "tice"), ("cotech", "parents")])
def test_a_college_sits_only_in_its_committee(stage, kind, college):
    committee = Committee.objects.get(city=stage.city, kind=kind)
    with pytest.raises(Conflict, match="ne siège pas"):
        actions.add_seat(
            person=stage.secretary, committee=committee, college=college, title="x", starts_on=TODAY, now=NOW
        )
    assert not committee.seats.exists()


def test_a_session_whose_day_passed_is_said_late_where_the_next_one_is_read(stage, client):
    session = stage.session("planned", on=day(1))
    for on, is_late in ((day(1), False), (day(-1), True)):
        Session.objects.filter(pk=session.pk).update(planned_on=on)
        page = stage.world.sign_in(client, "elected").get("/plan/comites/").text
        assert (">en retard</span>" in page) is is_late
