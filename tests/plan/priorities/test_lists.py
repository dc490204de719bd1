"""The list is settled by DSDEN and DAN, and by nobody else (AC-25; plan.md W2)."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from preau.journal.models import Seal
from preau.kit.answers import Conflict, Refused
from preau.places.models import School
from preau.plan.applications.models import Application, State
from preau.plan.equipment import actions as equipment
from preau.plan.priorities import actions, queries, rules
from preau.plan.priorities.models import CopilRank, ListState, PriorityEntry, PriorityList
from tests.plan.priorities.conftest import NOW, TODAY, decision, order_of
from tests.plan.rollouts.conftest import open_premises
from tests.texts import as_drawn


@pytest.mark.parametrize("actor", ["city_education", "city_it", "city_finance", "elected", "ien", "head"])
def test_ac_25_nobody_else_writes_the_order(scene, actor):
    draft = scene.open()
    before = order_of(draft)
    for act in (
        lambda who: actions.open_list(person=who, call=scene.call, now=NOW),
        lambda who: actions.move_rank(
            person=who, priority_list=draft, application=scene.applications["Billes"], to_rank=1, reason="x", now=NOW
        ),
        lambda who: actions.propose_list(person=who, priority_list=draft, now=NOW),
        lambda who: actions.cosign_list(person=who, priority_list=draft, now=NOW),
    ):
        with pytest.raises(Refused):
            act(scene.who(actor))
    assert order_of(draft) == before


def test_ac_25_a_cosigned_list_is_not_reordered_even_by_the_dsden(scene):
    signed = scene.cosigned()
    with pytest.raises(Refused, match="nouvelle version"):
        actions.move_rank(
            person=scene.who("dsden"),
            priority_list=signed,
            application=scene.applications["Billes"],
            to_rank=1,
            reason="Urgence.",
            now=NOW,
        )


@pytest.mark.parametrize("state", [ListState.BEFORE_COPIL, ListState.ADOPTED, ListState.SENT_BACK])
@pytest.mark.parametrize("actor", ["dsden", "dan", "ia_dasen", "city_education", "elected"])
def test_ac_25_a_list_put_before_the_copil_is_reordered_by_nobody(scene, actor, state):
    """Neither by hand, nor by a version that would replace it: a decision is the only way."""
    row, who = scene.before_copil(), scene.who(actor)
    if state == ListState.ADOPTED:
        row = actions.adopt_list(person=None, priority_list=row, decision=decision(), now=NOW)
    elif state == ListState.SENT_BACK:
        row = actions.send_back_list(person=None, priority_list=row, decision=decision("À revoir."), now=NOW)
    billes, before = scene.applications["Billes"], order_of(row)
    assert row.state == state and not rules.can_move_rank(who, row, TODAY)
    for act in (
        lambda: actions.move_rank(person=who, priority_list=row, application=billes, to_rank=1, reason="x", now=NOW),
        lambda: actions.remove_from_list(person=who, priority_list=row, application=billes, reason="x", now=NOW),
    ):
        with pytest.raises(Refused):
            act()
    if state != ListState.SENT_BACK:
        with pytest.raises((Refused, Conflict)):
            actions.open_list(person=who, call=scene.call, now=NOW)
    assert order_of(row) == before and scene.call.priority_lists.count() == 1


@pytest.mark.parametrize("less", [{"decision_id": None}, {"reason": ""}])
def test_ac_25_the_base_keeps_no_changed_rank_without_its_decision_and_its_reason(scene, less):
    entry = scene.before_copil().entries.get(rank=2)
    values = {"entry": entry, "rank": 1, "reason": "Équité.", "decision_id": decision().id} | less
    with pytest.raises(IntegrityError), transaction.atomic():
        CopilRank.objects.create(**values)


def test_ac_25_the_copil_changes_the_order_by_a_decision_with_its_reason(scene):
    listed = scene.before_copil()
    a = scene.applications
    order = [(a["Billes"], "Dispositif ULIS ouvert en septembre."), (a["Tilleuls"], "Suit."), (a["Saules"], "Suit."),
             (a["Ficelle"], "")]  # fmt: skip
    for silent in (decision(), decision(" ")):
        with pytest.raises(Conflict, match="motivée"):
            actions.adopt_list(person=None, priority_list=listed, decision=silent, order=order, now=NOW)
    with pytest.raises(Conflict, match="a sa raison"):
        unsaid = [(file, " ") for file, _ in order]
        actions.adopt_list(person=None, priority_list=listed, decision=decision("Équité."), order=unsaid, now=NOW)
    adopted = actions.adopt_list(person=None, priority_list=listed, decision=decision("Équité."), order=order, now=NOW)
    assert adopted.state == ListState.ADOPTED_WITH_CHANGES
    assert order_of(adopted) == ["Tilleuls", "Saules", "Billes", "Ficelle"]  # the signed list stays
    lines = queries.ranked_lines(adopted)
    assert [(line.copil_rank, line.rank) for line in lines] == [(1, 3), (2, 1), (3, 2), (4, 4)]
    assert set(CopilRank.objects.values_list("decision_id")) == {(adopted.decision_id,)}
    assert lines[0].copil_reason == "Dispositif ULIS ouvert en septembre." and not lines[3].is_changed
    with pytest.raises(Conflict):  # two secretaries write the same decision: the second is told
        actions.adopt_list(person=None, priority_list=listed, decision=decision("Équité."), order=order, now=NOW)


def test_an_order_that_forgets_a_school_is_refused(scene):
    listed = scene.before_copil()
    order = [(scene.applications["Billes"], "x")]
    with pytest.raises(Conflict, match="une fois"):
        actions.adopt_list(person=None, priority_list=listed, decision=decision("y"), order=order, now=NOW)
    listed.refresh_from_db()
    assert listed.state == ListState.BEFORE_COPIL


def test_a_move_keeps_its_reason_and_the_others_their_order(scene):
    draft = scene.open()
    actions.move_rank(
        person=scene.who("dan"),
        priority_list=draft,
        application=scene.applications["Ficelle"],
        to_rank=2,
        reason="REP+.",
        now=NOW,
    )
    assert order_of(draft) == ["Tilleuls", "Ficelle", "Saules", "Billes"]
    move = draft.moves.get()
    assert (move.from_rank, move.to_rank, move.reason, move.moved_by) == (4, 2, "REP+.", scene.who("dan"))


def test_a_move_without_reason_changes_nothing(scene):
    draft = scene.open()
    with pytest.raises(Conflict, match="motive"):
        actions.move_rank(
            person=scene.who("dsden"),
            priority_list=draft,
            application=scene.applications["Ficelle"],
            to_rank=1,
            reason=" ",
            now=NOW,
        )
    assert order_of(draft)[0] == "Tilleuls"


def test_the_base_refuses_a_tie(scene):
    draft = scene.open()
    with pytest.raises(IntegrityError), transaction.atomic():
        draft.entries.filter(rank=2).update(rank=1)


def test_a_move_that_changes_nothing_is_not_written(scene):
    row = scene.open(("Tilleuls", "Saules"))
    entry = row.entries.get(rank=2)
    move = {"person": scene.who("dsden"), "priority_list": row, "application": entry.application, "now": NOW}
    with pytest.raises(Conflict, match="Rien ne change"):
        actions.move_rank(to_rank=2, reason=entry.reason, **move)
    assert not row.moves.exists()
    actions.move_rank(to_rank=2, reason="Une autre raison.", **move)
    assert row.entries.get(rank=2).reason == "Une autre raison."


def test_a_school_not_ready_is_ranked_with_its_reason_only(scene, client):
    """Readiness is checked before ranking counts (mission D9)."""
    draft = scene.open()
    PriorityEntry.objects.filter(priority_list=draft, rank=3).update(unready_reason="")
    page = scene.world.sign_in(client, "dsden").get(reverse("priorities:list_detail", args=[draft.pk])).text
    assert page.count("Il reste à dire pourquoi elle est classée malgré cela.") == 1 and "Dire pourquoi, ou" in page
    with pytest.raises(Conflict, match="École Billes n’est pas prête .*liaison Internet"):
        actions.propose_list(person=scene.who("dsden"), priority_list=draft, now=NOW)


def test_a_council_not_told_of_the_wifi_is_said_before_the_ranking(scene):
    """Standards §13: a Wi-Fi order needs the day of the notice, so the list says where it lacks."""
    school = scene.applications["Billes"].school
    open_premises(school)
    assert queries.unready([school], TODAY) == {school.pk: []}
    school.council_notices.all().delete()
    assert queries.unready([school], TODAY) == {school.pk: ["Conseil d’école informé du Wi-Fi"]}
    draft = scene.open(("Billes",))
    draft.entries.update(unready_reason="")
    with pytest.raises(Conflict, match="(?i)conseil d’école informé"):
        actions.propose_list(person=scene.who("dsden"), priority_list=draft, now=NOW)
    equipment.publish_kit_version(
        person=None,
        city=school.city,
        school_kind=school.kind,
        published_on=TODAY,
        source="essai",
        now=NOW,
        lines=[{"item": "Tableau", "kind": "board", "rule": "per_class"}],
    )
    assert queries.unready([school], TODAY) == {school.pk: []}


def test_both_sign_and_the_files_are_ranked(scene):
    signed = scene.cosigned()
    assert signed.state == ListState.COSIGNED and signed.dan_signed_by == scene.who("dan")
    assert {a.state for a in scene.call.applications.all()} == {State.RANKED}
    assert Seal.objects.filter(entry__verb__in=("list_proposed", "list_cosigned")).count() == 2


def test_the_dan_gives_it_back_and_the_dsden_moves_again(scene):
    proposed = actions.propose_list(person=scene.who("dsden"), priority_list=scene.open(), now=NOW)
    draft = actions.give_back_list(person=scene.who("dan"), priority_list=proposed, now=NOW)
    assert draft.is_draft and draft.dsden_signed_at is None


def test_ac_25_a_version_follows_a_version_and_the_differences_are_named(scene):
    sent_back = actions.send_back_list(
        person=None, priority_list=scene.before_copil(), decision=decision("Revoir l’équité."), now=NOW
    )
    draft = actions.open_list(person=scene.who("dsden"), call=scene.call, now=NOW)
    actions.move_rank(
        person=scene.who("dsden"),
        priority_list=draft,
        application=scene.applications["Billes"],
        to_rank=1,
        reason="Équité.",
        now=NOW,
    )
    left = {"priority_list": draft, "application": scene.applications["Saules"], "reason": "Ferme."}
    actions.remove_from_list(person=scene.who("dsden"), now=NOW, **left)
    found = queries.differences(sent_back, queries.ranked_lines(draft), queries.moves_of(draft))
    names = [(d.application.school.name, d.before, d.after, d.reason) for d in found]
    pushed = "suit le déplacement d’une autre école"  # not the reason of the rank it had
    assert names == [
        ("École Billes", 3, 1, "Équité."),
        ("École Tilleuls", 1, 2, pushed),
        ("École Ficelle", 4, 3, pushed),
        ("École Saules", 2, None, "Ferme."),
    ]
    assert order_of(sent_back)[0] == "Tilleuls"


def test_two_people_move_at_once_the_second_is_told(scene):
    draft = scene.open()
    move = {"priority_list": draft, "edition": draft.edition, "now": NOW, "reason": "x"}
    actions.move_rank(person=scene.who("dsden"), application=scene.applications["Billes"], to_rank=1, **move)
    with pytest.raises(Conflict, match="Quelqu’un d’autre"):
        actions.move_rank(person=scene.who("dan"), application=scene.applications["Ficelle"], to_rank=1, **move)
    assert order_of(draft)[0] == "Billes"


@pytest.mark.parametrize(
    "actor, states",
    [
        ("dsden", "draft proposed cosigned before_copil adopted"),
        ("dan", "draft proposed cosigned before_copil adopted"),
        ("city_education", "cosigned before_copil adopted"), ("city_it", "cosigned before_copil adopted"),
        ("ien", "cosigned before_copil adopted"), ("elected", "before_copil adopted"),
        ("parents_federation", "adopted"), ("city_finance", ""), ("head", ""), ("guardian", ""), ("ien_far", ""),
        ("city_education_far", ""),
    ],
)  # fmt: skip
def test_who_reads_which_version(scene, actor, states):
    seen = []
    steps = (
        lambda _: scene.open(),
        lambda row: actions.propose_list(person=scene.who("dsden"), priority_list=row, now=NOW),
        lambda row: actions.cosign_list(person=scene.who("dan"), priority_list=row, now=NOW),
        lambda row: actions.send_to_copil(person=scene.who("dan"), priority_list=row, now=NOW),
        lambda row: actions.adopt_list(person=None, priority_list=row, decision=decision(), now=NOW),
    )
    row = None
    person = scene.world.people.get(actor)
    for step in steps:
        row = step(row)
        if rules.lists_visible_to(person, TODAY).filter(pk=row.pk).exists():
            seen.append(row.state)
    assert " ".join(seen) == states


def test_the_aid_shows_its_weights_and_writes_no_rank(scene):
    draft = scene.open()
    before = order_of(draft)
    heavy = queries.aid_for(draft, queries.weights_from({"equite": "9", "attente": "x"}), TODAY)
    assert len(heavy) == 4 and order_of(draft) == before
    assert queries.weights_from({"equite": "99", "attente": "x"})["equite"] == 9
    # Neither index, nor reception in the city, nor premises are noted: no part of it is a zero, or a one.
    parts = dict((w.key, p) for w, p in heavy[0].parts)
    assert heavy[0].score is not None and {parts["equite"], parts["attente"], parts["prete"]} == {None}
    assert PriorityList.objects.get().edition == draft.edition


def test_the_aid_reads_a_nursery_by_the_index_it_is_lent_and_says_so(scene, client):
    schools = [scene.applications[name].school for name in ("Saules", "Billes", "Ficelle")]
    for school, tenths in zip(schools, (1200, 800, None), strict=True):
        if tenths:
            equipment.record_fact(
                person=None,
                city=scene.city,
                school=school,
                measure="social_index_tenths",
                value=tenths,
                as_of=TODAY,
                period="rentrée 2025",
                source="IPS",
                quality="measured",
                now=NOW,
            )
    saules, billes, nursery = schools
    School.objects.filter(pk=nursery.pk).update(kind="nursery")
    nursery.refresh_from_db()
    draft = scene.open()
    assert equity_of(draft) == {"Saules": 0, "Billes": 1, "Ficelle": None, "Tilleuls": None}
    equipment.estimate_index(person=None, school=nursery, proxy_of=saules, now=NOW)
    assert equity_of(draft) == {"Saules": 0, "Billes": 1, "Ficelle": 0, "Tilleuls": None}
    page = as_drawn(scene.world.sign_in(client, "dsden").get(f"/plan/listes/{draft.pk}/aide/").text)
    assert "Indice de position sociale estimé d’après l’école Saules, rentrée 2025" in page
    assert page.count("0,00 estimé") == 1 and page.count("estimé d’après l’école Saules") == 1
    table = client.get(f"/plan/listes/{draft.pk}/aide.csv").content.decode("utf-8-sig").splitlines()
    assert [line.split(";")[0] for line in table if "estimé d’après l’école Saules" in line] == ["École Ficelle"]


def equity_of(priority_list):
    lines = queries.aid_for(priority_list, queries.weights_from({}), TODAY)
    parts = {line.application.school.name: dict((w.key, part) for w, part in line.parts) for line in lines}
    return {name.removeprefix("École "): part["equite"] for name, part in parts.items()}


def test_the_aid_counts_released_opinions_of_the_last_copy_alone(scene):
    draft, application = scene.open(("Saules",)), scene.applications["Saules"]
    scene.opinion(application, 1, "dan", is_confidential=True)
    scene.opinion(application, 1, "city_it")
    assert share_of_opinions(draft) is None, "the second one is not released"
    scene.opinion(application, 1, "dsden", released_at=NOW)
    assert share_of_opinions(draft) == 1
    Application.objects.filter(pk=application.pk).update(copies_count=2)
    scene.opinion(application, 2, "dsden", verdict="unfavourable", motivation="Non.", released_at=NOW)
    assert share_of_opinions(draft) == 0


def share_of_opinions(priority_list):
    (line,) = queries.aid_for(priority_list, queries.weights_from({}), TODAY)
    return next(part for weight, part in line.parts if weight.key == "avis")


def test_a_school_taken_off_keeps_its_reason_in_what_changed(scene, client):
    sent = actions.send_back_list(
        person=None, priority_list=scene.before_copil(), decision=decision("À revoir."), now=NOW
    )
    draft = actions.open_list(person=scene.who("dsden"), call=scene.call, now=NOW)
    actions.remove_from_list(
        person=scene.who("dsden"),
        priority_list=draft,
        application=scene.applications["Billes"],
        reason="Canari-ôtée",
        now=NOW,
    )
    scene.world.sign_in(client, "dsden")
    page = client.get(f"/plan/listes/{draft.pk}/").content.decode()
    changed = page.partition("Ce qui change depuis la version 1")[2].partition("</section>")[0]
    assert sent.version == 1 and "ôtée" in changed and "Canari-ôtée" in changed
