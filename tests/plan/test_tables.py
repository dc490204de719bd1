"""Tables to take away: the page's lines and no more, for its readers and no one else, nothing a spreadsheet runs."""

import uuid

import pytest
from django.urls import reverse

from preau.plan.governance import actions as governance
from preau.plan.priorities import actions as priorities
from preau.plan.priorities.models import Programme, ProgrammeState
from tests.plan.desk.conftest import Story
from tests.plan.governance.conftest import NOW, day, stage_of
from tests.plan.loans.conftest import add_kits, ask
from tests.plan.priorities.conftest import Scene
from tests.plan.priorities.test_recommendations import signed
from tests.world import TODAY

pytestmark = pytest.mark.long
FORMULA = "=SOMME(A1)"
# What leaves → its page, a reader, a word of the table, who finds nothing there.
TABLES = {
    "priorities:list_export": ("priorities:list_list", "dsden", "Appel", "guardian"),
    "priorities:rank_export": ("priorities:list_detail", "city_education", "Tilleuls", "teacher"),
    "priorities:programme_export": ("priorities:programme_list", "elected", "2026-2027", "head_far"),
    "priorities:programme_school_export": ("priorities:programme_detail", "city_education", "Tilleuls", "head_far"),
    "applications:call_export": ("applications:call_list", "head", "Appel", "guardian"),
    "applications:call_school_export": ("applications:call_detail", "ien", "Tilleuls", "guardian"),
    "rollouts:reception_export": ("rollouts:reception_list", "dsden", "Tilleuls", "guardian"),
    "desk:story_export": ("desk:story", "dsden", "Mise en service", "head_far"),
    "desk:ambition_export": ("desk:ambition_story", "dsden", "Tilleuls", "guardian"),
    "desk:strengths_export": ("desk:strengths", "elected", "Tilleuls", "head"),
}


@pytest.fixture
def served(world):
    return Story(world).until("served")


@pytest.fixture
def scene(world):
    return Scene(world)


def args_of(address, story):
    return {
        "priorities:rank_export": [story.rank.pk],
        "priorities:programme_school_export": [story.programme.pk],
        "applications:call_school_export": [story.call.pk],
        "desk:story_export": [story.school.pk],
        "desk:ambition_export": [story.ambitions[0].pk],
    }.get(address, [])


def flat(lines):
    return "\n".join(" | ".join(cells) for cells in lines)


@pytest.mark.parametrize("address", TABLES)
def test_each_page_of_the_plan_gives_its_table_to_its_readers(
    served, take, client, world, address, django_assert_max_num_queries
):
    page, reader, word, stranger = TABLES[address]
    args = args_of(address, served)
    for extension in ("csv", "ods"):
        lines = take(reader, address, *args, extension=extension)
        assert len(lines) > 1 and word in flat(lines[1:]), lines
        assert {len(cells) for cells in lines} == {len(lines[0])}
    assert take(stranger, address, *args) == 404
    world.sign_in(client, reader)
    assert reverse(address, args=[*args, "csv"]) in client.get(reverse(page, args=args)).text
    with django_assert_max_num_queries(10):
        client.get(reverse(address, args=[*args, "csv"]))


def test_what_a_spreadsheet_would_run_leaves_as_text(scene, take):
    row = scene.open(motive=FORMULA)
    for extension in ("csv", "ods"):
        assert f"'{FORMULA}" in take("dsden", "priorities:rank_export", row.pk, extension=extension)[1]


def test_a_draft_leaves_with_the_state_alone(scene, take):
    row = scene.open()
    assert take("city_education", "priorities:rank_export", row.pk) == 404
    assert len(take("city_education", "priorities:list_export")) == 1
    assert len(take("dsden", "priorities:list_export")) == 2


def test_a_federation_takes_the_order_without_its_reasons_nor_its_costs(scene, take):
    row, year = scene.adopted(), scene.programme()
    Programme.objects.filter(pk=year.pk).update(
        state=ProgrammeState.RUNNING, decision_id=uuid.uuid4(), decision_number="2026-08", decided_on=TODAY
    )
    for address, of, word in (("rank", row, "Projet solide."), ("programme_school", year, "Chantier groupé.")):
        told = flat(take("parents_federation", f"priorities:{address}_export", of.pk))
        assert "Saules" in told and word not in told and "40000" not in told
        told = flat(take("city_education", f"priorities:{address}_export", of.pk))
        assert word in told and (address == "rank" or "40000" in told)


@pytest.mark.parametrize("extension", ["csv", "ods"])
def test_preconisations_leave_with_what_the_city_does_of_them(scene, take, extension):
    row = signed(scene)
    priorities.answer_line(
        person=scene.who("city_education"),
        line=row.lines.order_by("position").first(),
        kit=scene.kit(),
        choice="departed",
        reason="Marché en cours.",
        now=NOW,
    )
    for address, args in (("recommendation", []), ("recommendation_line", [row.pk])):
        lines = take("head", f"priorities:{address}_export", *args, extension=extension)
        assert [line[5] for line in lines[1:]] == ["Tablettes au cycle 2", "Visualiseur"]
        assert lines[1][-1] == "Marché en cours." and lines[2][-1] == ""
    assert take("head_far", "priorities:recommendation_line_export", row.pk) == 404


@pytest.mark.parametrize("extension", ["csv", "ods"])
def test_shared_kits_leave_with_their_calendar_and_no_name(world, take, extension):
    kit = add_kits(world.cities["marelle"], 1)[0]
    ask(world.schools["saules"], activity="Chez nous")
    lines = take("teacher", "loans:kit_export", extension=extension)
    assert lines[1][0] == "Malle 1" and lines[1][2] == "6 robots, 2 tablettes"
    lines = take("teacher", "loans:kit_slot_export", kit.pk, extension=extension)
    assert len(lines) == 1 + 8 * 5 * 2
    states = [line[3] for line in lines[1:]]
    assert states.count("prise") == 2 and "Saules" not in flat(lines) and "Chez nous" not in flat(lines)
    assert take("head_far", "loans:kit_slot_export", kit.pk) == 404


@pytest.mark.parametrize("extension", ["csv", "ods"])
def test_what_decisions_asked_leaves_late_ones_told(world, take, extension):
    stage = stage_of(world)
    decision = stage.decide(stage.session("held"))
    for text, on in (("Câbler", day(-2)), ("Former", day(9))):
        governance.add_follow_up(person=stage.secretary, decision=decision, text=text, owner="DSI", due_on=on, now=NOW)
    lines = take("dsden", "governance:follow_up_export", extension=extension)
    assert [(line[0], line[-1]) for line in lines[1:]] == [("Câbler", "en retard"), ("Former", "à faire")]
    assert take("head", "governance:follow_up_export") == 404


def test_the_board_leaves_as_filtered(served, take):
    whole, kept = take("dsden", "desk:board_export"), take("dsden", "desk:board_export", query="?etat=untold")
    assert kept[1:] == [line for line in whole[1:] if line[3] == "équipement inconnu"] and 1 < len(kept) < len(whole)


def test_an_address_that_names_nothing_is_not_found(world, client):
    world.sign_in(client, "city_it")
    for address in (
        f"/plan/ecoles/{'-' * 36}/besoins.csv",
        f"/plan/ecoles/{'-' * 36}/wifi/registre.ods",
        "/plan/wifi.pdf",
    ):
        assert client.get(address).status_code == 404
