"""W1: each act where it may be done, by its authority, and nothing changed when refused (AC-24, AC-26)."""

import datetime
import uuid
from importlib import import_module

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.timezone import localdate

from preau.journal.models import Entry, Seal
from preau.kit.answers import Conflict, Refused
from preau.kit.dates import day_text
from preau.plan.applications import actions, rules
from preau.plan.applications.models import (
    NEXT,
    STATE_REVIEWERS,
    Application,
    Authority,
    DecisionRef,
    Opinion,
    State,
    Submission,
)
from tests.plan.applications.conftest import COLUMNS, DAY, NOW, TODAY
from tests.plan.days import due_on

DECISION = DecisionRef(id=uuid.uuid4(), number="2026-07", held_on=TODAY, reason="Projet solide.")


def state_of(application):
    return Application.objects.get(pk=application.pk).state


def test_ac_26_no_pedagogical_project_no_submission_even_with_equipment_filled(scene):
    application = scene.fill(scene.start(), leave=("projet",))
    with pytest.raises(actions.NotReady) as refused:
        actions.submit(person=scene.who("head"), application=application, now=NOW)
    assert any("projet pédagogique" in m.text for m in refused.value.missing)
    assert state_of(application) == State.DRAFT and not Submission.objects.exists()


def test_ac_26_the_base_refuses_it_too(scene):
    application = scene.submitted()
    with pytest.raises(IntegrityError), transaction.atomic():
        Application.objects.filter(pk=application.pk).update(project="")


def test_no_ambition_no_submission_and_the_base_refuses_it_too(scene):
    application = scene.fill(scene.start())
    application.ambitions.clear()
    with pytest.raises(actions.NotReady, match="ambition"):
        actions.submit(person=scene.who("head"), application=application, now=NOW)
    assert state_of(application) == State.DRAFT
    application.ambitions.set(scene.ambitions[2:])
    actions.submit(person=scene.who("head"), application=application, now=NOW)
    application.refresh_from_db()
    assert application.served_ambition == scene.ambitions[2]
    assert set(application.copies.get().ambitions.all()) == set(scene.ambitions[2:])
    with pytest.raises(IntegrityError), transaction.atomic():
        Application.objects.filter(pk=application.pk).update(served_ambition=None)


def test_what_was_filed_keeps_an_ambition_while_its_team_changes_it(scene):
    application, _ = scene.refiled()
    actions.request_changes(person=scene.who("ien"), application=application, text="Encore.", now=NOW)
    columns = COLUMNS["projet"] | {"ambitions": ()}
    kept = application.sections.get(section="projet")
    actions.save_section(
        person=scene.who("head"),
        application=application,
        section="projet",
        version=kept.version,
        answers={},
        columns=columns,
        now=NOW,
    )
    application.refresh_from_db()
    assert not application.ambitions.exists() and application.served_ambition == scene.ambitions[0]
    with pytest.raises(actions.NotReady, match="ambition"):
        actions.submit(person=scene.who("head"), application=application, now=NOW)


def test_files_of_before_find_the_ambition_of_their_last_copy(scene):
    fill = import_module("preau.plan.applications.migrations.0005_ambition_of_what_was_filed").fill
    one = scene.submitted()
    Application.objects.filter(pk=one.pk).update(served_ambition=scene.ambitions[2])
    fill(apps, None)
    assert Application.objects.get(pk=one.pk).served_ambition == scene.ambitions[0]
    one.ambitions.clear()
    Application.objects.filter(pk=one.pk).update(served_ambition=scene.ambitions[2])
    fill(apps, None)
    assert Application.objects.get(pk=one.pk).served_ambition == scene.ambitions[0], "from the words of the copy"


def test_filing_locks_a_copy_and_asks_the_ien(scene):
    application = scene.submitted()
    copy = Submission.objects.get()
    assert state_of(application) == State.INSPECTOR_REVIEW
    assert (copy.number, copy.title, len(copy.digest)) == (1, "Raconter la science", 64)
    opinion = Opinion.objects.get()
    assert (opinion.authority, opinion.due_on) == ("ien", TODAY + 21 * DAY)
    assert Entry.objects.filter(verb="application_submitted").count() == 1


def test_a_school_without_circonscription_waits_in_deposee(scene):
    scene.school.district = None
    scene.school.save()
    application = scene.submitted()
    assert state_of(application) == State.SUBMITTED and not Opinion.objects.exists()
    with pytest.raises(Refused):
        actions.open_inspector_review(person=scene.who("dsden"), application=application, now=NOW)


def test_only_the_head_files_and_only_while_the_call_is_open(scene):
    application = scene.fill(scene.start())
    for name in ("teacher", "head_other_school", "ien", "city_education"):
        with pytest.raises(Refused):
            actions.submit(person=scene.who(name), application=application, now=NOW)
    with pytest.raises(Refused, match="fermé"):
        actions.submit(person=scene.who("head"), application=application, now=NOW + 40 * DAY)
    assert state_of(application) == State.DRAFT


def test_ac_24_no_state_review_without_the_opinion_of_the_ien(scene):
    application = scene.submitted()
    with pytest.raises(Conflict, match="IEN"):
        actions.open_state_review(person=None, application=application, now=NOW)
    assert state_of(application) == State.INSPECTOR_REVIEW
    scene.give(application)
    assert state_of(application) == State.STATE_REVIEW
    asked = Opinion.objects.exclude(authority="ien").values_list("authority", flat=True)
    assert set(asked) == set(STATE_REVIEWERS)


def test_ac_24_the_right_ien_too_late_is_told_why(scene):
    application = scene.submitted()
    late = NOW + 22 * DAY
    with pytest.raises(Refused, match="non rendu"):
        actions.give_opinion(
            person=scene.who("ien"), opinion=scene.opinion(application), verdict="favourable", motivation="", now=late
        )
    actions.extend_opinion(
        person=scene.who("dsden"), opinion=scene.opinion(application), due_on=localdate(late) + DAY, now=late
    )
    actions.give_opinion(
        person=scene.who("ien"), opinion=scene.opinion(application), verdict="favourable", motivation="", now=late
    )
    assert state_of(application) == State.STATE_REVIEW


def test_a_new_day_for_an_opinion_is_one_to_come(scene, client):
    opinion = scene.opinion(scene.submitted())
    with pytest.raises(Conflict, match="Cette date est passée"):
        actions.extend_opinion(person=scene.who("dsden"), opinion=opinion, due_on=TODAY - DAY, now=NOW)
    scene.world.sign_in(client, "dsden")
    url = reverse("applications:opinion_delay", args=[opinion.pk])
    assert f"Attendu au plus tard le {day_text(opinion.due_on)}." in client.get(url).text
    told = client.post(url, {"due_on": (localdate() - DAY).isoformat()})
    assert told.status_code == 422 and "Cette date est passée" in told.content.decode()
    due_on = opinion.due_on
    opinion.refresh_from_db()
    assert opinion.due_on == due_on
    assert actions.extend_opinion(person=scene.who("dsden"), opinion=opinion, due_on=TODAY, now=NOW).due_on == TODAY


WRITERS = {
    Authority.IEN: {"ien"},
    Authority.DSDEN: {"dsden", "ia_dasen", "ia_dasen_deputy"},
    Authority.DAN: {"dan"},
    Authority.CITY_IT: {"city_it"},
    Authority.BUILDINGS: {"city_it", "city_education"},
}


@pytest.mark.parametrize("authority", list(Authority))
def test_an_opinion_is_written_by_its_own_authority_alone(scene, authority):
    application = scene.submitted() if authority == Authority.IEN else scene.in_state_review()
    given = set()
    for name in filter(None, scene.world.actors()):
        try:
            with transaction.atomic():
                scene.give(application, authority, name)
                given.add(name)
                raise InterruptedError  # undone: the next one tries on the same file
        except (Refused, InterruptedError):
            application.refresh_from_db()
    assert given == WRITERS[authority]


def test_the_second_of_two_of_one_authority_is_told_the_first_one_s(scene):
    application = scene.in_state_review()
    scene.give(application, Authority.DSDEN, "dsden")
    with pytest.raises(actions.AlreadyGiven) as told:
        scene.give(application, Authority.DSDEN, "ia_dasen", verdict="unfavourable", motivation="non")
    assert told.value.opinion.given_by == scene.who("dsden")
    assert Opinion.objects.get(authority="dsden").verdict == "favourable"


@pytest.mark.parametrize("verdict", ["with_reservations", "unfavourable"])
def test_the_base_refuses_a_reserved_opinion_without_its_motivation(scene, verdict):
    application = scene.submitted()
    with pytest.raises(IntegrityError), transaction.atomic():
        scene.give(application, verdict=verdict)


def test_changes_asked_bring_a_second_copy_and_a_second_opinion(scene):
    application = scene.submitted()
    actions.request_changes(person=scene.who("ien"), application=application, text="Précisez.", now=NOW)
    application.refresh_from_db()
    assert application.state == State.CHANGES_REQUESTED
    columns = {"title": "Raconter les sciences", "project": "Autre projet"}
    actions.save_section(
        person=scene.who("teacher"),
        application=application,
        section="projet",
        version=1,
        answers={},
        now=NOW,
        columns=columns,
    )
    assert Submission.objects.get().title == "Raconter la science"
    # The call may have closed: what was asked is answered all the same.
    actions.submit(person=scene.who("head"), application=application, now=NOW + 40 * DAY)
    assert Submission.objects.count() == 2 and Opinion.objects.filter(authority="ien").count() == 2


def test_two_people_on_one_section_lose_nothing(scene):
    application = scene.start()
    save = {"application": application, "section": "usages", "now": NOW}
    actions.save_section(person=scene.who("head"), version=0, answers={"usages-semaine": "a"}, **save)
    with pytest.raises(actions.SectionChanged) as told:
        actions.save_section(person=scene.who("teacher"), version=0, answers={"usages-semaine": "b"}, **save)
    assert told.value.current.answers == {"usages-semaine": "a"}
    actions.save_section(person=scene.who("teacher"), version=1, answers={"usages-semaine": "b"}, **save)
    assert application.sections.get().version == 2


def test_two_pages_of_one_person_lose_nothing_and_one_page_may_be_a_word_ahead(scene):
    application, here, there = scene.start(), uuid.uuid4(), uuid.uuid4()
    save = {"person": scene.who("head"), "application": application, "section": "usages", "now": NOW}
    actions.save_section(version=0, answers={"usages-semaine": "a"}, page=here, **save)
    actions.save_section(version=0, answers={"usages-semaine": "ab"}, page=here, **save)
    for page in (there, None):
        with pytest.raises(actions.SectionChanged):
            actions.save_section(version=0, answers={"usages-semaine": "z"}, page=page, **save)
    assert application.sections.get().answers == {"usages-semaine": "ab"}


def test_the_school_withdraws_until_it_is_ranked(scene):
    application = scene.in_state_review()
    actions.mark_ranked(person=scene.who("dsden"), applications=[application], now=NOW)
    application.refresh_from_db()
    with pytest.raises(Refused):
        actions.withdraw(person=scene.who("head"), application=application, now=NOW)


def test_a_withdrawn_draft_is_taken_up_again_while_the_call_is_open(scene):
    application = scene.start()
    actions.withdraw(person=scene.who("head"), application=application, now=NOW)
    with pytest.raises(Refused):
        actions.reopen(person=scene.who("head"), application=application, now=NOW + 40 * DAY)
    assert actions.reopen(person=scene.who("head"), application=application, now=NOW).state == State.REOPENED


def test_the_city_never_closes_a_file_the_state_does_with_a_reason(scene):
    application = scene.submitted()
    for name in ("city_education", "city_it", "head", "ien"):
        with pytest.raises(Refused):
            actions.close_without_follow_up(person=scene.who(name), application=application, reason="x", now=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        actions.close_without_follow_up(person=scene.who("dan"), application=application, reason="", now=NOW)
    actions.close_without_follow_up(person=scene.who("dan"), application=application, reason="Doublon.", now=NOW)
    assert actions.reopen(person=scene.who("dsden"), application=application, now=NOW).state == State.REOPENED


def test_a_decision_leads_to_a_roll_out(scene):
    application = scene.in_state_review()
    with pytest.raises(Conflict):
        actions.mark_selected(person=None, application=application, decision=DECISION, now=NOW)
    actions.mark_ranked(person=None, applications=[application], now=NOW)
    actions.mark_waiting(person=None, application=application, decision=DECISION, now=NOW)
    actions.mark_selected(person=None, application=application, decision=DECISION, now=NOW)
    done = actions.convert(person=None, application=application, now=NOW)
    assert (done.state, done.decision_number, done.decided_on) == (State.CONVERTED, "2026-07", TODAY)


def test_reservations_are_lifted_by_who_made_them(scene):
    application = scene.in_state_review()
    opinion = scene.give(
        application, Authority.CITY_IT, "city_it", "with_reservations", "Pas de réserve fermée.", is_released=True
    )
    with pytest.raises(Refused):
        actions.lift_reservations(person=scene.who("dan"), opinion=opinion, reason="Coffre posé.", now=NOW)
    lifted = actions.lift_reservations(person=scene.who("city_it"), opinion=opinion, reason="Coffre posé.", now=NOW)
    assert lifted.verdict == "with_reservations" and lifted.lifted_at == NOW


def test_a_confidential_opinion_is_never_released(scene):
    application = scene.submitted()
    opinion = scene.give(application, is_confidential=True, is_released=True)
    assert opinion.released_at is None
    with pytest.raises(Refused):
        actions.release_opinion(person=scene.who("ien"), opinion=opinion, now=NOW)


def test_reminders_are_marked_once(scene):
    scene.submitted()
    soon = NOW + 19 * DAY
    assert actions.remind(now=soon) == 1
    assert actions.remind(now=soon + datetime.timedelta(hours=1)) == 0


def test_a_reminder_skips_the_copy_the_school_replaced(scene):
    _, first = scene.refiled()
    assert actions.remind(now=NOW + 19 * DAY) == 1
    first.refresh_from_db()
    assert first.reminded_on is None


def test_every_state_has_its_next_ones():
    assert set(NEXT) == set(State)
    reached = {state for nexts in NEXT.values() for state in nexts}
    assert reached == set(State) - {State.DRAFT}


def test_an_opinion_on_a_superseded_copy_is_awaited_no_more(scene):
    application, first = scene.refiled()
    assert list(rules.opinions_to_give_by(scene.who("ien"), TODAY)) == [scene.opinion(application)]
    first = Opinion.objects.get(pk=first.pk)
    for answer in (
        rules.can_give_opinion(scene.who("ien"), first, TODAY),
        rules.can_extend_opinion(scene.who("dsden"), first, TODAY),
    ):
        assert not answer and "copie" in answer.reason
    given = {"opinion": first, "verdict": "favourable", "motivation": "", "now": NOW}
    with pytest.raises(Conflict, match="copie"):
        actions.give_opinion(person=scene.who("ien"), **given)
    with pytest.raises(Refused):
        actions.give_opinion(person=scene.who("head"), **given)


def test_who_has_not_the_pen_is_never_told_a_verdict(scene):
    application = scene.in_state_review()
    scene.give(application, Authority.DSDEN, "dsden", is_confidential=True)
    with pytest.raises(Refused):
        scene.give(application, Authority.DSDEN, "head")


@pytest.mark.parametrize("step, sealed", [("start", 0), ("submitted", 1)])
def test_a_file_once_filed_is_withdrawn_under_seal(scene, step, sealed):
    application = getattr(scene, step)()
    actions.withdraw(person=scene.who("head"), application=application, now=NOW)
    assert Seal.objects.filter(entry__verb="application_withdrawn").count() == sealed


def test_reservations_of_a_file_that_is_over_stay(scene):
    application = scene.in_state_review()
    opinion = scene.give(application, Authority.CITY_IT, "city_it", "with_reservations", "Pas de réserve fermée.")
    actions.withdraw(person=scene.who("head"), application=application, now=NOW)
    with pytest.raises(Refused, match="retirée"):
        actions.lift_reservations(person=scene.who("city_it"), opinion=opinion, reason="Coffre posé.", now=NOW)


def test_an_opinion_is_suspended_while_the_school_takes_its_file_up_again(scene, client):
    """Past its day too: it is not « avis non rendu » of a service that has nothing to read."""
    application = scene.in_state_review()
    actions.request_changes(person=scene.who("dsden"), application=application, text="Précisez.", now=NOW)
    due_on(Opinion.objects.filter(given_at=None), TODAY - DAY)
    scene.world.sign_in(client, "city_education")
    for address in ("/plan/candidatures/", f"/plan/candidatures/{application.pk}/"):
        page = client.get(address).content.decode()
        assert "avis non rendu" not in page.lower() and "suspendu" in page, address
    assert "L’école reprend son dossier." in page and "se donnera sur sa nouvelle copie" in page
    actions.submit(person=scene.who("head"), application=application, now=NOW)
    due_on(Opinion.objects.filter(given_at=None), TODAY - DAY)
    assert "avis non rendu" in client.get("/plan/candidatures/").content.decode()
