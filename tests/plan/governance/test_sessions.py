"""A session's states, its relevé and its decisions."""

import datetime

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from preau.journal.models import Entry
from preau.journal.queries import verify_chain
from preau.kit.answers import Conflict, Refused
from preau.plan.governance import actions
from preau.plan.governance.models import Approval, Decision, Session, State
from tests.plan.governance.conftest import NOW, day
from tests.sharing import walks

pytestmark = pytest.mark.django_db


def test_a_session_walks_to_its_published_releve(stage):
    session = stage.session("published")
    assert (session.number, session.state) == (f"{session.year}-1", State.PUBLISHED)
    verbs = list(Entry.objects.filter(object_id=session.pk).order_by("id").values_list("verb", flat=True))
    assert verbs == [
        "governance.plan_session",
        "governance.convene_session",
        "governance.hold_session",
        "governance.draft_minutes",
        "governance.approve_minutes",
        "governance.approve_minutes",
        "governance.publish_minutes",
    ]
    check = verify_chain(stage.city.pk)
    assert check.broken_at is None and check.count >= 7


def test_sessions_are_numbered_in_their_year_and_committee(stage):
    numbers = [stage.session("planned").number for _ in range(2)]
    other = stage.session("planned", committee=stage.cotech).number
    assert [n.split("-")[1] for n in (*numbers, other)] == ["1", "2", "1"]


def moved(stage, session, **more):
    told = {"planned_on": session.planned_on, "starts_at": None, "place": "préau"} | more
    return actions.move_session(person=stage.secretary, session=session, now=NOW, **told)


def test_a_planned_session_changes_its_day_and_keeps_its_number(stage):
    first, second = stage.session("planned", on=day(0)), stage.session("planned", on=day(0))
    on = day(0).replace(month=1, day=9)
    session = moved(stage, first, planned_on=on, starts_at=datetime.time(14, 30))
    session.refresh_from_db()
    assert (session.planned_on, session.place, session.sequence) == (on, "préau", first.sequence)
    entry = Entry.objects.get(object_id=first.pk, verb="governance.move_session")
    assert set(entry.fields) == {"planned_on", "starts_at", "place"}
    year = day(0).year + 1
    assert moved(stage, second, planned_on=on.replace(year=year)).number == f"{year}-1"
    assert moved(stage, first, planned_on=on.replace(year=year)).number == f"{year}-2"
    with pytest.raises(Conflict, match="corrigez l’année"):
        moved(stage, first, planned_on=on.replace(year=year + 2))


def test_a_convened_session_keeps_its_day(stage):
    session = stage.session("convened", on=day(3))
    with pytest.raises(Refused, match="prévoyez-en une autre"):
        moved(stage, session, planned_on=day(4))
    session.refresh_from_db()
    assert session.planned_on == day(3)


def test_an_empty_agenda_is_not_convened(stage):
    session = actions.plan_session(person=stage.secretary, committee=stage.copil, planned_on=day(3), now=NOW)
    with pytest.raises(Conflict, match="ordre du jour est vide"):
        actions.convene_session(person=stage.secretary, session=session, now=NOW)


def test_a_session_is_not_held_before_its_day(stage):
    session = stage.session("pack_frozen", on=day(3))
    with pytest.raises(Conflict, match="pas encore venu"):
        actions.hold_session(person=stage.secretary, session=session, held_on=day(3), now=NOW)


def test_a_session_is_not_held_before_it_was_planned_nor_convened(stage):
    """A mistyped year would number its decisions, and find no seat of that day."""
    session = stage.session("pack_frozen", on=day(-3))
    with pytest.raises(Conflict, match="ne s’est pas tenue avant"):
        actions.hold_session(person=stage.secretary, session=session, held_on=day(-4), now=NOW)
    session.refresh_from_db()
    assert (session.state, session.held_on) == (State.PACK_FROZEN, None)
    actions.hold_session(person=stage.secretary, session=session, held_on=day(-3), now=NOW)  # written afterwards
    later = stage.session("pack_frozen", on=day(30))
    held = actions.hold_session(person=stage.secretary, session=later, held_on=day(0), now=NOW)
    assert held.held_on == day(0)  # brought forward


@pytest.mark.parametrize("stamp", ["frozen_at", "drafted_at", "approved_at", "published_at", "held_on"])
def test_the_base_refuses_a_session_whose_dates_go_back(stage, stamp):
    session = stage.session("published")
    back = day(-2) if stamp == "held_on" else NOW - datetime.timedelta(days=1)
    with pytest.raises(IntegrityError, match="session_(instants_in_order|held_once)"), transaction.atomic():
        Session.objects.filter(pk=session.pk).update(**{stamp: back})


@pytest.mark.parametrize("until", ["planned", "convened", "pack_frozen"])
def test_a_session_is_cancelled_after_it_was_convened_and_frozen(stage, until):
    session = stage.session(until, on=day(3))
    session = actions.cancel_session(person=stage.secretary, session=session, reason="Salle prise.", now=NOW)
    if until != "planned":
        with pytest.raises(IntegrityError, match="session_instants_in_order"), transaction.atomic():
            Session.objects.filter(pk=session.pk).update(cancelled_at=NOW - datetime.timedelta(days=1))


def test_a_session_is_planned_within_two_years(stage):
    far = day(0).replace(year=day(0).year + 3, day=1)
    with pytest.raises(Conflict, match="corrigez l’année"):
        actions.plan_session(person=stage.secretary, committee=stage.copil, planned_on=far, now=NOW)
    assert not Session.objects.exists()


@pytest.mark.parametrize("name", ["city_it", "city_finance", "elected", "dsden", "ien", "city_education_far"])
def test_only_the_secretariat_writes(stage, name):
    session = stage.session("held")
    who = {"person": stage.who(name), "session": session, "now": NOW}
    for write in (
        lambda: actions.decide(text="x", result="adopted", **who),
        lambda: actions.draft_minutes(text="x", **who),
        lambda: actions.record_attendance(rows={}, **who),
        lambda: actions.plan_session(person=stage.who(name), committee=stage.copil, planned_on=day(9), now=NOW),
    ):
        with pytest.raises(Refused):
            write()
    assert not Decision.objects.exists() and Session.objects.count() == 1


def test_the_second_of_two_secretaries_is_told(stage):
    session = stage.session("held")
    shown = session.version
    actions.draft_minutes(person=stage.secretary, session=session, text="La première.", version=shown, now=NOW)
    with pytest.raises(Conflict, match="a changé depuis"):
        actions.draft_minutes(person=stage.secretary, session=session, text="La seconde.", version=shown, now=NOW)
    session.refresh_from_db()
    assert session.minutes == "La première."


def test_decisions_are_numbered_across_committees(stage):
    first = stage.decide(stage.session("held"))
    second = stage.decide(stage.session("held", committee=stage.cotech))
    assert (first.number[4:], second.number[4:]) == ("-01", "-02")


def test_a_point_is_decided_once(stage):
    session = stage.session("held")
    stage.decide(session, item=session.items.get())
    with pytest.raises(Conflict, match="vient de recevoir une décision"):
        stage.decide(session, item=session.items.get())


@pytest.mark.parametrize("result", ["changed", "sent_back", "rejected"])
def test_a_decision_that_changes_says_why(stage, result):
    session = stage.session("held")
    with pytest.raises(IntegrityError), transaction.atomic():
        stage.decide(session, result=result)
    assert stage.decide(session, result=result, reason="Le budget est voté en mars.").pk


def test_a_copil_releve_needs_both_authorities(stage):
    session = stage.session("minutes_draft")
    approve = {"session": session, "version": session.version, "now": NOW}
    actions.approve_minutes(person=stage.who("elected"), **approve)
    session.refresh_from_db()
    assert session.state == State.MINUTES_DRAFT
    with pytest.raises(Conflict, match="déjà approuvé pour votre autorité"):
        actions.approve_minutes(person=stage.who("elected"), **approve)
    actions.approve_minutes(person=stage.who("ia_dasen"), **approve)
    session.refresh_from_db()
    assert session.state == State.MINUTES_APPROVED


@pytest.mark.parametrize("name", ["city_education", "city_it", "ien", "dan", "city_education_far"])
def test_who_does_not_approve(stage, name):
    session = stage.session("minutes_draft")
    with pytest.raises(Refused):
        actions.approve_minutes(person=stage.who(name), session=session, version=session.version, now=NOW)


def test_a_change_takes_approvals_away(stage):
    session = stage.session("minutes_draft")
    actions.approve_minutes(person=stage.who("elected"), session=session, version=session.version, now=NOW)
    read = session.version
    stage.decide(session)
    assert not Approval.objects.exists()
    with pytest.raises(Conflict, match="a changé depuis"):
        actions.approve_minutes(person=stage.who("dsden"), session=session, version=read, now=NOW)


def test_nothing_changes_once_approved(stage):
    session = stage.session("minutes_draft")
    decision = stage.decide(session)
    stage.approve(session)
    who = {"person": stage.secretary, "now": NOW}
    for write in (
        lambda: actions.amend_decision(decision=decision, text="Autre chose.", **who),
        lambda: actions.draft_minutes(session=session, text="Autre chose.", **who),
        lambda: stage.decide(session),
    ):
        with pytest.raises(Refused, match="nouvelle décision"):
            write()
    decision.refresh_from_db()
    assert decision.text == "Le comité adopte."


def test_a_published_decision_is_replaced_by_another(stage):
    session = stage.session("held")
    former = stage.decide(session)
    later = stage.session("held")
    with pytest.raises(Conflict, match="décision publiée"):
        stage.decide(later, replaces=former)
    actions.draft_minutes(person=stage.secretary, session=session, text="x", now=NOW)
    stage.approve(session)
    actions.publish_minutes(person=stage.secretary, session=session, now=NOW)
    former.refresh_from_db()
    assert stage.decide(later, replaces=former).replaces == former


def test_a_follow_up_is_closed_once(stage):
    decision = stage.decide(stage.session("held"))
    action = actions.add_follow_up(
        person=stage.secretary, decision=decision, text="Écrire", owner="Ville", due_on=day(9), now=NOW
    )
    done = {"person": stage.secretary, "follow_up": action, "done_on": day(0), "now": NOW}
    actions.close_follow_up(done_note="Écrit.", **done)
    with pytest.raises(Conflict, match="déjà notée"):
        actions.close_follow_up(done_note="Encore.", **done)


STEPS = ("convene", "freeze", "hold", "draft", "elected", "dsden", "publish", "cancel", "decide")


@pytest.mark.long
@settings(max_examples=walks(25))
@given(walk=st.lists(st.sampled_from(STEPS), max_size=14))
def test_no_walk_reaches_a_forbidden_state(stage, walk):
    """Whatever is tried in whatever order, a step is W10's or is refused, and the base agrees with the state."""
    with transaction.atomic():
        session = stage.session("planned")
        for name in walk:
            before = Session.objects.get(pk=session.pk)
            _try(stage, before, name)
            after = Session.objects.get(pk=session.pk)
            assert after.state == before.state or before.may_become(after.state)
            assert Decision.objects.filter(session=session).exists() <= bool(after.held_on)
            assert bool(after.approved_at) <= (after.approvals.count() == 2)
        transaction.set_rollback(True)


def _try(stage, session, name):
    who = {"person": stage.secretary, "session": session, "now": NOW}
    voice = {"session": session, "version": session.version, "now": NOW}
    writes = {
        "convene": lambda: actions.convene_session(**who),
        "freeze": lambda: actions.freeze_dossier(**who),
        "hold": lambda: actions.hold_session(held_on=day(-1), **who),
        "draft": lambda: actions.draft_minutes(text="x", **who),
        "elected": lambda: actions.approve_minutes(person=stage.who("elected"), **voice),
        "dsden": lambda: actions.approve_minutes(person=stage.who("dsden"), **voice),
        "publish": lambda: actions.publish_minutes(**who),
        "cancel": lambda: actions.cancel_session(reason="x", **who),
        "decide": lambda: stage.decide(session),
    }
    try:
        writes[name]()
    except (Refused, Conflict):
        pass
