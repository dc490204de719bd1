"""Two people act at the same instant: one effect, the other is told what changed. On SQLite and on PostgreSQL."""

import threading

import pytest
from django.db import connection

from preau.journal.queries import verify_chain
from preau.kit.answers import Conflict, Refused
from preau.plan.applications import actions as files
from preau.plan.equipment.models import Acceptance
from preau.plan.governance import actions as committees
from preau.plan.governance.models import Decision
from preau.plan.priorities import actions as priorities
from preau.plan.priorities.models import ListState
from preau.plan.rollouts import actions as rollouts
from preau.plan.rollouts.actions import record_acceptance
from preau.plan.rollouts.models import Reception, Rollout
from tests.plan.applications.conftest import Scene as Files
from tests.plan.governance.conftest import NOW, day, stage_of
from tests.plan.grounds import reception as open_paper
from tests.plan.priorities.conftest import Scene as Ranks
from tests.plan.priorities.conftest import order_of

pytestmark = pytest.mark.django_db(transaction=True)
TOLD = (
    Conflict,
    Refused,
)


def at_once(*acts):
    """Runs each act in a thread of its own, all started together: [what each returned, or the sentence it was told]."""
    start, answers = threading.Barrier(len(acts)), [None] * len(acts)

    def run(place, act):
        try:
            start.wait()
            answers[place] = act()
        except TOLD as told:
            answers[place] = told
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=each) for each in enumerate(acts)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    return answers


def told_among(answers):
    return [answer for answer in answers if isinstance(answer, TOLD)]


def test_two_hands_on_a_list(world):
    scene = Ranks(world)
    draft = scene.open()
    who, edition = scene.who("dsden"), draft.edition

    def move(name, rank):
        return lambda: priorities.move_rank(
            person=who,
            priority_list=draft,
            application=scene.applications[name],
            to_rank=rank,
            reason="x",
            edition=edition,
            now=NOW,
        )

    (told,) = told_among(at_once(move("Ficelle", 1), move("Billes", 1)))
    assert "Quelqu’un d’autre a changé" in told.reason
    assert draft.moves.count() == 1 and order_of(draft)[0] in ("Ficelle", "Billes") and len(order_of(draft)) == 4


def test_dsden_and_dan_on_one_proposed_list(world):
    """The DAN signs while it gives back from another tab: one of both, never half of each."""
    scene = Ranks(world)
    proposed = priorities.propose_list(person=scene.who("dsden"), priority_list=scene.open(), now=NOW)
    act = {"person": scene.who("dan"), "priority_list": proposed, "edition": proposed.edition, "now": NOW}
    assert (
        len(told_among(at_once(lambda: priorities.cosign_list(**act), lambda: priorities.give_back_list(**act)))) == 1
    )
    proposed.refresh_from_db()
    assert (proposed.state, bool(proposed.dan_signed_at)) in ((ListState.COSIGNED, True), (ListState.DRAFT, False))


def test_a_class_received_by_a_paper_and_by_hand_is_received_once(world):
    """The paper of a visit and the city's own page, at the same instant: whoever comes second is told."""
    paper = open_paper(world)
    school, kit = paper.rollout.school, paper.rollout.kit
    by_hand = {"school": school, "kit": kit, "label": "Classe 1", "accepted_on": paper.held_on, "now": NOW}
    answers = at_once(
        lambda: rollouts.sign_reception(person=None, reception=paper, now=NOW),
        lambda: record_acceptance(person=None, source="essai", quality="declared", **by_hand),
    )
    assert len(told_among(answers)) == 1
    assert Acceptance.objects.standing().filter(label="Classe 1").count() == 1


def test_one_visit_is_written_on_one_paper(world):
    paper = open_paper(world)
    rollout, held_on = paper.rollout, paper.held_on
    rollouts.discard_reception(person=None, reception=paper, now=NOW)
    write = lambda: rollouts.open_reception(  # noqa: E731
        person=None, rollout=rollout, held_on=held_on, labels=("Classe 1",), has_common=False, now=NOW
    )
    assert len(told_among(at_once(write, write))) == 1 and Reception.objects.count() == 1


def test_one_paper_signed_twice_has_one_number(world):
    paper = open_paper(world)
    sign = lambda: rollouts.sign_reception(person=None, reception=paper, now=NOW)  # noqa: E731
    (told,) = told_among(at_once(sign, sign))
    assert "déjà signé" in told.reason and Acceptance.objects.count() == 1


def test_a_class_received_by_hand_by_two_agents(world):
    kit, school = Ranks(world).kit("primary"), world.schools["tilleuls"]
    receive = lambda: record_acceptance(  # noqa: E731
        person=None,
        school=school,
        label="CP B",
        kit=kit,
        accepted_on=day(-1),
        source="essai",
        quality="declared",
        now=NOW,
    )
    assert len(told_among(at_once(receive, receive, receive))) == 2
    assert Acceptance.objects.count() == 1


def test_one_school_has_one_roll_out_under_way(world):
    kit, school = Ranks(world).kit("primary"), world.schools["tilleuls"]
    go = lambda: rollouts.open_rollout(person=None, school=school, kit=kit, classes_count=2, now=NOW)  # noqa: E731
    assert len(told_among(at_once(go, go))) == 1 and Rollout.objects.get().steps.exists()


def test_both_authorities_approve_at_once_and_the_effect_comes_once(world):
    stage, scene = stage_of(world), Ranks(world)
    listed = scene.before_copil()
    session = stage.session("held", item={"object_kind": "list", "object_id": listed.pk})
    stage.decide(session, item=session.items.get())
    committees.draft_minutes(person=stage.secretary, session=session, text="Relevé.", now=NOW)
    session.refresh_from_db()
    approve = [
        lambda name=name: committees.approve_minutes(
            person=stage.who(name), session=session, version=session.version, now=NOW
        )
        for name in ("elected", "dsden", "dsden")
    ]
    (told,) = told_among(at_once(*approve))
    session.refresh_from_db(), listed.refresh_from_db()
    assert (session.state, session.approvals.count(), listed.state) == ("minutes_approved", 2, ListState.ADOPTED)
    assert verify_chain(stage.city.pk).broken_at is None


def test_one_point_is_decided_once_and_numbers_follow(world):
    stage = stage_of(world)
    session, other = stage.session("held"), stage.session("held", committee=stage.cotech)
    item = session.items.get()
    acts = [
        lambda: stage.decide(session, item=item),
        lambda: stage.decide(session, item=item),
        lambda: stage.decide(other),
    ]
    assert len(told_among(at_once(*acts))) == 1
    assert sorted(Decision.objects.values_list("sequence", flat=True)) == [1, 2]


def test_two_tabs_on_one_section_of_a_file(world):
    scene = Files(world)
    application = scene.start()

    def type_in(name, text):
        return lambda: files.save_section(
            person=scene.who(name),
            application=application,
            section="usages",
            version=0,
            answers={"usages-semaine": text},
            columns={},
            now=NOW,
        )

    (told,) = told_among(at_once(type_in("head", "Deux heures"), type_in("teacher", "Trois heures")))
    kept = application.sections.get()
    assert kept.version == 1 and told.current.answers == kept.answers


def test_a_file_filed_twice_has_one_copy(world):
    scene = Files(world)
    application = scene.fill(scene.start())
    go = lambda: files.submit(person=scene.who("head"), application=application, now=NOW)  # noqa: E731
    assert len(told_among(at_once(go, go))) == 1
    application.refresh_from_db()
    assert (application.copies_count, application.copies.count(), application.opinions.count()) == (1, 1, 1)


def test_two_of_one_authority_give_one_opinion(world):
    scene = Files(world)
    application = scene.in_state_review()
    opinion = scene.opinion(application, "dsden")
    give = [
        lambda name=name: files.give_opinion(
            person=scene.who(name), opinion=opinion, verdict="favourable", motivation="", now=NOW
        )
        for name in ("dsden", "ia_dasen")
    ]
    assert len(told_among(at_once(*give))) == 1
    opinion.refresh_from_db()
    assert opinion.verdict == "favourable"
