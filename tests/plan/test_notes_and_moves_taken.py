"""Moves of a list, its aid, options compared, schools equipped: as tables, for who reads their page."""

import uuid

import pytest
from django.urls import reverse

from preau.plan.finance.actions import record_expense
from preau.plan.priorities import actions as priorities
from preau.plan.priorities.queries import WEIGHTS
from preau.plan.studies.models import Option
from tests.plan.governance.conftest import stage_of
from tests.plan.governance.test_studies import comparison as comparison
from tests.plan.governance.test_studies import give
from tests.plan.priorities.conftest import NOW, Scene, decision

BOTH = pytest.mark.parametrize("extension", ("csv", "ods"))


@pytest.fixture
def stage(world):
    return stage_of(world)


@pytest.fixture
def second(world):
    """The second version of a list: Billes was third and comes first."""
    scene = Scene(world)
    scene.first = priorities.send_back_list(
        person=None, priority_list=scene.before_copil(), decision=decision("Revoir l’équité."), now=NOW
    )
    draft = priorities.open_list(person=scene.who("dsden"), call=scene.call, now=NOW)
    priorities.move_rank(
        person=scene.who("dsden"),
        priority_list=draft,
        application=scene.applications["Billes"],
        to_rank=1,
        reason="=Équité",
        now=NOW,
    )
    scene.draft = draft
    return scene


@BOTH
def test_what_changed_since_the_version_before_leaves_with_its_reasons(second, take, extension):
    lines = take("dsden", "priorities:difference_export", second.draft.pk, extension=extension)
    assert lines[0] == ("École", "UAI", "Rang avant", "Rang maintenant", "Raison")
    assert [(line[0], *line[2:4]) for line in lines[1:]] == [
        ("École Billes", "3", "1"),
        ("École Tilleuls", "1", "2"),
        ("École Saules", "2", "3"),
    ]
    assert take("city_education", "priorities:difference_export", second.draft.pk) == 404, (
        "a draft is the State's alone"
    )
    assert len(take("dsden", "priorities:difference_export", second.first.pk)) == 1, "nothing came before the first"


@BOTH
def test_each_move_leaves_with_its_reason_and_runs_nothing(second, take, extension):
    lines = take("dsden", "priorities:move_export", second.draft.pk, extension=extension)
    assert [(line[0], *line[2:5]) for line in lines[1:]] == [("École Billes", "3", "1", "'=Équité")]
    assert take("head", "priorities:move_export", second.draft.pk) == 404


def test_a_federation_takes_neither_moves_nor_aid_and_reads_no_reason(world, take):
    adopted = Scene(world).adopted()
    assert take("parents_federation", "priorities:rank_export", adopted.pk) != 404
    for address in ("move_export", "aid_export"):
        assert take("parents_federation", f"priorities:{address}", adopted.pk) == 404
        assert take("city_education", f"priorities:{address}", adopted.pk) != 404
    assert "Raison" not in take("parents_federation", "priorities:difference_export", adopted.pk)[0]
    assert "Raison" in take("city_education", "priorities:difference_export", adopted.pk)[0]


@BOTH
def test_the_aid_leaves_with_the_weights_of_its_page(second, take, extension):
    lines = take("dsden", "priorities:aid_export", second.draft.pk, extension=extension)
    query = f"?{WEIGHTS[0].key}=9"
    heavier = take("dsden", "priorities:aid_export", second.draft.pk, query=query, extension=extension)
    assert len(lines) == 1 + second.draft.entries.count() and lines[0][-2:] == ("Moyenne", "Équité estimée")
    assert heavier[0][2] == f"{WEIGHTS[0].label} × 9" != lines[0][2]


@BOTH
def test_options_leave_with_the_notes_of_both_authorities(stage, comparison, take, extension):
    give(stage, "city_it", comparison, [5, 1, 2, 2])
    give(stage, "dan", comparison, [3, None, 4, 2])
    Option.objects.filter(name="Le second").update(vendor="=SOMME(A1)")
    header, first, second = take("elected", "studies:mark_export", comparison.pk, extension=extension)
    assert header[4:8] == (
        "Simplicité, poids 3, Ville",
        "Simplicité, poids 3, Éducation nationale",
        "Coût, poids 1, Ville",
        "Coût, poids 1, Éducation nationale",
    )
    assert first[4:8] == ("5", "3", "1", "") and second[4:8] == ("2", "4", "2", "2")
    assert first[8].replace(".", ",") == "3,25" and second[2] == "'=SOMME(A1)"
    assert take("head", "studies:mark_export", comparison.pk) == 404


@BOTH
def test_schools_leave_as_filtered_and_what_they_cost_for_who_reads_it(world, take, extension):
    record_expense(
        person=None,
        school=world.schools["tilleuls"],
        fiscal_year=2026,
        amount_cents=123450,
        regime="ttc",
        quality="declared",
        source="essai",
        now=NOW,
    )
    lines = take("city_education", "equipment:school_export", extension=extension)
    tilleuls = next(line for line in lines if line[0] == "École Tilleuls")
    assert lines[0][-3] == "Payé TTC, en euros" and tilleuls[-3].replace(".", ",").startswith("1234,5")
    assert tilleuls[-2:] == ("", "")
    assert "Payé TTC, en euros" not in take("teacher", "equipment:school_export", extension=extension)[0]
    assert len(take("city_education", "equipment:school_export", query="?etat=equipees")) == 1
    assert take("guardian", "equipment:school_export") == 404


def test_each_page_offers_its_table(second, stage, comparison, client):
    pages = {
        "priorities:list_detail": (second.draft.pk, ("priorities:difference_export", "priorities:move_export")),
        "priorities:list_aid": (second.draft.pk, ("priorities:aid_export",)),
        "studies:comparison_detail": (comparison.pk, ("studies:mark_export",)),
    }
    second.world.sign_in(client, "dsden")
    for address, (pk, tables) in pages.items():
        page = client.get(reverse(address, args=[pk])).text
        assert all(reverse(table, args=[pk, "ods"]) in page for table in tables), address
    assert reverse("equipment:school_export", args=["csv"]) in client.get(reverse("equipment:school_list")).text
    assert client.get(reverse("priorities:move_export", args=[uuid.uuid4(), "csv"])).status_code == 404
