"""Nothing is invented for a city: what a table does not say of its classes stays unsaid, and a year stays a year."""

import datetime
from importlib import import_module

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction
from django.urls import reverse

from preau.kit import batches
from preau.places.models import School
from preau.plan.ambitions.models import Ambition
from preau.plan.equipment import actions as equipment
from preau.plan.equipment.models import Acceptance, KitLine, Quality, StandardKit
from preau.plan.premises.queries import need_of
from preau.plan.rollouts.actions import record_acceptance, remove_acceptance
from preau.plan.sheets.actions import plan as actions
from tests.plan.conftest import NOW, TODAY, situation
from tests.plan.test_imports import csv_of, run

UNSAID = "contenu non détaillé"
YEAR_ALONE = [("Le Pré", "", "élémentaire", "2016", "4", "", "", "PV 1")]
DETAILED = import_module("preau.plan.equipment.migrations.0010_contents_not_detailed")


@pytest.fixture
def city(world):
    """Of the world, without its schools: only those of the table are open."""
    School.objects.filter(city=world.cities["marelle"]).update(closed_on=TODAY.replace(year=2010))
    return world.cities["marelle"]


def state(city):
    return situation(city).schools[0]


def publish(city, on):
    return equipment.publish_kit_version(
        person=None, city=city, school_kind="elementary", lines=equipment.deck_lines(school_kind="elementary"),
        published_on=on, source="Délibération", now=NOW,
    )  # fmt: skip


def test_an_imported_class_is_equipped_and_nobody_says_with_what(city):
    run(city, csv_of(YEAR_ALONE))
    assert not StandardKit.objects.exists()
    found = state(city)
    assert (found.is_equipped, found.is_up_to_date, found.undetailed_count) == (True, False, 4)
    assert found.equipped_words == f"en 2016, {UNSAID}"


def test_it_stays_unsaid_once_the_city_publishes_its_kit_until_a_class_is_received_with_it(city):
    run(city, csv_of(YEAR_ALONE))
    kit = publish(city, TODAY)
    school = School.objects.get(name="Le Pré")
    assert state(city).has_undetailed and not state(city).is_up_to_date
    per_class = [line for line in need_of(school, kit, TODAY).lines if line.need.per_class]
    assert {line.missing for line in per_class if line.need.kind == "projector"} == {None}
    for number in range(1, 5):
        record_acceptance(
            person=None, school=school, label=f"Classe {number}", kit=kit, accepted_on=TODAY, source="PV", now=NOW
        )
    assert state(city).is_up_to_date and state(city).undetailed_count == 0
    assert {line.missing for line in need_of(school, kit, TODAY).lines if line.need.kind == "projector"} == {0}


def test_a_kit_is_taken_only_when_it_held_all_the_time_the_table_says(city):
    publish(city, datetime.date(2016, 6, 1))
    rows = [("Le Pré", "", "élémentaire", year, "1", "", "", "") for year in ("15/03/2016", "2017", "01/09/2018")]
    rows.append(("Le Bois", "", "élémentaire", "2016", "1", "", "", ""))
    run(city, csv_of(rows))
    kits = Acceptance.objects.order_by("school__name", "accepted_on").values_list("kit__version", flat=True)
    assert list(kits) == [None, None, 1, 1]


def test_a_class_is_received_once_without_a_kit(city):
    run(city, csv_of(YEAR_ALONE))
    twin = Acceptance.objects.get(label="Classe 1")
    twin.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save(force_insert=True)


def test_no_page_makes_a_day_of_a_year_nor_a_kit_of_nothing(city, world, client):
    run(city, csv_of([("Le Bois", "", "élémentaire", "", "", "", "", "")]))
    equipment.record_fact(
        person=None, city=city, school=School.objects.get(name="Le Bois"), measure="classes", value=5,
        as_of=datetime.date(2015, 9, 1), source="Carte scolaire", quality=Quality.DECLARED, now=NOW,
    )  # fmt: skip
    run(city, csv_of([*YEAR_ALONE, ("Le Bois", "", "élémentaire", "2017", "2", "", "", "")]))
    school = School.objects.get(name="Le Pré")
    world.sign_in(client, "city_it")
    told = {}
    for address in (
        "/plan/", "/plan/ecoles/", f"/plan/ecoles/{school.pk}/", f"/plan/ecoles/{school.pk}/histoire/",
        f"/plan/ecoles/{school.pk}/histoire.csv", "/plan/tableau/", "/plan/tableau.csv", "/plan/ecoles.csv",
        "/plan/classes/", "/plan/classes.csv", "/plan/equipement-type/", "/donnees/plan.json?ville=marelle",
        "/donnees/plan.csv?ville=marelle", reverse("steering:steering_export", args=["csv"]),
    ):  # fmt: skip
        answer = client.get(address)
        assert answer.status_code == 200, address
        told[address] = answer.content.decode().replace("&nbsp;", "\u00a0")
        said = told[address].replace("\u00a0", " ")
        for wrong in ("31 décembre", "2016-12-31", "31/12/2016", "2017-12-31", "31/12/2017", "vNone", "kit None"):
            assert wrong not in said, (address, wrong)
    assert f"équipée en 2016, {UNSAID}" in told["/plan/ecoles/"]
    assert UNSAID in told["/plan/tableau/"] and UNSAID in told["/plan/classes.csv"]
    assert "contenu non détaillé" in told["/donnees/plan.csv?ville=marelle"]
    partly = next(line for line in told["/plan/tableau.csv"].splitlines() if line.startswith("Le Bois"))
    assert partly.split(";")[5:7] == [
        "",
        "",
    ]  # no day, no delay: « Le Bois » is equipped in part since some day of 2017


def borrowed(city):
    """A base of before: the class of a table, with the deck's kit published as the city's."""
    kit = StandardKit.objects.none().model(
        city=city, school_kind="elementary", version=1, published_on=datetime.date(2016, 1, 1), quality=Quality.DECK,
        source=DETAILED.BORROWED,
    )  # fmt: skip
    line = KitLine(kit=kit, position=1, item="Tableau", kind="board", rule="per_class")
    school = School.objects.create(city=city, name="Le Pré", slug="le-pre", kind="elementary")
    row = Acceptance(
        school=school, label="Classe 1", kit=kit, accepted_on=datetime.date(2016, 12, 31), day_is_known=False,
        source="PV 1", quality=Quality.DECLARED,
    )  # fmt: skip
    return batches.apply(
        kind=actions.KIND, scope=actions.scope_of(city=city), person_id=None, now=NOW,
        writes=[batches.Create(made) for made in (kit, line, row)], counts={"acceptances": {"created": 1}},
    )  # fmt: skip


def test_the_upgrade_takes_a_borrowed_kit_away_and_the_table_can_still_be_undone(city):
    batch = borrowed(city)
    DETAILED.say_not_detailed(apps, None)
    assert not StandardKit.objects.exists() and Acceptance.objects.get().kit is None
    actions.undo_import(person=None, city=city, batch=batch, now=NOW)
    assert not Acceptance.objects.exists()


@pytest.mark.parametrize("why", ["a hand changed a class", "a hand received a class", "it is Poitiers"])
def test_the_upgrade_leaves_it_where_it_is_not_sure(city, why):
    borrowed(city)
    kit, mine = StandardKit.objects.get(), Acceptance.objects.get()
    if why == "a hand changed a class":
        remove_acceptance(person=None, acceptance=mine, reason="Saisie deux fois.", now=NOW)
    elif why == "a hand received a class":
        record_acceptance(
            person=None, school=mine.school, label="Autre", kit=kit, accepted_on=TODAY, source="PV", now=NOW
        )
    else:
        type(city).objects.filter(pk=city.pk).update(name="Poitiers")
    DETAILED.say_not_detailed(apps, None)
    assert StandardKit.objects.get() == kit and not Acceptance.objects.filter(kit=None).exists()


def test_no_city_is_told_that_it_has_the_project_of_another():
    assert "PEG" not in " ".join(Ambition.Kind.labels)
