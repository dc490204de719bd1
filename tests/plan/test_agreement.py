"""One is one: a figure agrees with its word, on the pages and in the dossier of a COPIL."""

import json
import re

import pytest

from preau.places.models import School
from preau.plan.desk.queries import board_of
from preau.plan.equipment.actions import record_none_received
from preau.plan.equipment.queries import untold_schools
from preau.plan.sheets.actions import plan as sheets
from tests.plan.conftest import NOW, TODAY, situation
from tests.plan.governance.conftest import stage_of
from tests.plan.governance.test_dossiers import text_of

pytestmark = pytest.mark.django_db
HEADER = "école;nature;année;classes équipées;classes de l’école;montant"


def read(city, *lines):
    data = "\n".join((HEADER, *lines)).encode()
    draft = sheets.keep_draft(person=None, city=city, name="plan.csv", data=data, now=NOW)
    return sheets.apply_draft(person=None, draft=draft, now=NOW).comparison


@pytest.fixture
def city(world):
    """Two schools: one equipped of its only class, one with nothing yet."""
    city = world.cities["marelle"]
    School.objects.filter(city=city).exclude(slug__in=("tilleuls", "saules")).update(closed_on="2010-01-01")
    read(city, "Tilleuls;primaire;2018;1;1;10")
    # The city says of the school that its table does not name: it received nothing.
    others = list(untold_schools(city, TODAY))
    assert record_none_received(person=None, city=city, schools=others, source="essai", now=NOW) == 1
    return city


def test_the_dossier_of_a_copil_says_one_school_and_one_class(world, city):
    stage = stage_of(world)
    session = stage.session("pack_frozen")
    members = session.dossiers.get(audience="members")
    labels = [figure["label"] for figure in json.loads(bytes(members.data))["figures"]]
    assert labels == [
        "école équipée sur 2, soit 50,0\u00a0%",
        "classe équipée",
        "payés pour toutes les écoles de la Ville",
    ]
    assert "école équipée sur 2" in "".join(text_of(members))


def test_the_plan_s_page_says_what_one_school_cost(world, client, city):
    page = re.sub(r"<[^>]*>", " ", world.sign_in(client, "city_education").get("/plan/").text).replace("\u00a0", " ")
    for said in (
        "1 classe, 1 école",
        "1 exercice (2018), bornes comprises",
        "Années pour l’école restante",
        "Coût de l’école restante",
    ):
        assert said in page, said


def test_the_table_of_schools_says_one_class_received(world, city):
    read(city, "Saules;élémentaire;2018;1;2;")
    rows = board_of(situation(city).schools, (), ())
    assert "1\u00a0classe reçue sur 2" in [row.reason for row in rows]


def test_the_table_given_is_told_one_class(world):
    problems = read(world.cities["marelle"], "Neuve;primaire;2018;1;0;").problems
    assert problems[0].reason.startswith("1\u00a0classe équipée, et l’école en a 0.")
