"""DSDEN and DAN say what to buy; the city says what its kit does of it, and why (mission D4)."""

import pytest
from django.db import IntegrityError, transaction

from preau.kit.answers import Refused
from preau.plan.priorities import actions, rules
from preau.plan.priorities.models import RecommendationAnswer
from tests.plan.priorities.conftest import NOW, TODAY

LINES = [
    {"item": "Tablettes au cycle 2", "rule": "per_class", "quantity_min": 1, "quantity_max": 2},
    {"item": "Visualiseur", "rule": "per_class", "quantity_min": 1, "quantity_max": 1},
]


def written(scene):
    return actions.write_recommendation(
        person=scene.who("dsden"), city=scene.city, school_kind="elementary", reasons="Cycle 2.", lines=LINES, now=NOW
    )


def signed(scene):
    row = actions.sign_recommendation(person=scene.who("dsden"), recommendation=written(scene), pen="dsden", now=NOW)
    return actions.sign_recommendation(person=scene.who("dan"), recommendation=row, pen="dan", now=NOW)


@pytest.mark.parametrize("actor", ["city_education", "elected", "head", "ien"])
def test_the_city_and_the_schools_write_no_preconisation(scene, actor):
    with pytest.raises(Refused):
        actions.write_recommendation(
            person=scene.who(actor), city=scene.city, school_kind="elementary", reasons="x", lines=LINES, now=NOW
        )


def test_one_does_not_sign_for_the_other(scene):
    with pytest.raises(actions.Moved):
        actions.sign_recommendation(person=scene.who("dan"), recommendation=written(scene), pen="dsden", now=NOW)


def test_a_school_reads_it_once_signed_by_both(scene):
    row = written(scene)
    assert not rules.recommendations_visible_to(scene.who("head"), TODAY).exists()
    actions.sign_recommendation(person=scene.who("dsden"), recommendation=row, pen="dsden", now=NOW)
    assert not rules.recommendations_visible_to(scene.who("city_education"), TODAY).exists()
    actions.sign_recommendation(person=scene.who("dan"), recommendation=row, pen="dan", now=NOW)
    assert rules.recommendations_visible_to(scene.who("head"), TODAY).get() == row
    assert not rules.recommendations_visible_to(scene.who("head_far"), TODAY).exists()


def test_departing_asks_a_reason_and_the_state_cannot_answer(scene):
    line = signed(scene).lines.first()
    say = {"line": line, "kit": scene.kit(), "now": NOW}
    with pytest.raises(actions.Incomplete):
        actions.answer_line(person=scene.who("city_education"), choice="departed", **say)
    with pytest.raises(Refused):
        actions.answer_line(person=scene.who("dsden"), choice="followed", **say)
    answer = actions.answer_line(
        person=scene.who("city_education"), choice="departed", reason="Marché en cours.", **say
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        RecommendationAnswer.objects.filter(pk=answer.pk).update(reason="")


def test_a_version_follows_a_version(scene):
    assert [written(scene).version, written(scene).version] == [1, 2]
