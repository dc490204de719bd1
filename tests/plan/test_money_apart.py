"""HT, TTC and what nobody says: never added, on any page, from a city's own table; a credit note comes off."""

import csv
import json
import re
from html import unescape

import pytest
from django.urls import reverse

from preau.kit.digest import business_digest
from preau.kit.tables import read_table, write_ods, write_xlsx
from preau.places.models import School
from preau.plan.desk.queries.open_data import TAXES
from preau.plan.equipment.models import Expense
from preau.plan.equipment.queries import Amounts
from preau.plan.rollouts.queries import share_of
from preau.plan.sheets.actions import plan as actions
from tests.plan.conftest import NOW, situation
from tests.plan.governance.conftest import stage_of
from tests.plan.governance.test_dossiers import text_of

HEADER = "École;Nature;Année;Classes équipées;Montant HT;Montant TTC;Montant"
ROWS = (
    "Le Pré;maternelle;2016;2;;41 000,50;",
    "Le Lac;élémentaire;2017;3;10 000,00;12 000,00;",  # both, at 20 %
    "La Dune;élémentaire;2018;4;7.800,00;;",
    "Le Bois;primaire;2018;1;;;60 000",
    "Le Pré;maternelle;2017;;;−1 200,00;",
    "La Dune;élémentaire;2019;;(300,00);;",
)


def read(city, *rows, title=""):
    data = "\n".join((title, HEADER, *rows)).encode()
    draft = actions.keep_draft(person=None, city=city, name="plan.csv", data=data, now=NOW)
    return actions.apply_draft(person=None, draft=draft, now=NOW)


@pytest.fixture
def city(world):
    return world.cities["marelle"]


def test_a_table_of_both_taxes_and_credit_notes_is_read_kept_and_undone(city):
    before = business_digest()
    applied = read(city, *ROWS)
    assert not applied.comparison.problems and not applied.comparison.warnings
    kept = Expense.objects.order_by("fiscal_year", "amount_cents")
    assert list(kept.values_list("fiscal_year", "kind", "amount_cents", "regime", "ht_cents")) == [
        (2016, "paid", 4100050, "ttc", None),
        (2017, "credit", -120000, "ttc", None),
        (2017, "paid", 1200000, "ttc", 1000000),
        (2018, "paid", 780000, "ht", None),
        (2018, "paid", 6000000, "unknown", None),
        (2019, "credit", -30000, "ht", None),
    ]
    assert read(city, *ROWS).batch is None
    actions.undo_import(person=None, city=city, batch=applied.batch, now=NOW)
    assert business_digest() == before


@pytest.mark.parametrize(
    "ht, ttc, doubt",
    [("12 000", "10 000", "plus petit"), ("10 000", "11 400", "14,0\u00a0%"), ("10 000", "10 550", "")],
)
def test_a_line_whose_two_amounts_disagree_is_taken_and_told(city, ht, ttc, doubt):
    comparison = read(city, f"Le Lac;élémentaire;2017;;{ht};{ttc};").comparison
    assert Expense.objects.get().ht_cents and [doubt in told.reason for told in comparison.warnings] == [True] * bool(
        doubt
    )


@pytest.mark.parametrize(
    "ht, ttc, said",
    [("", "7.800", "deux façons"), ("22.000", "", "deux façons"), ("-1 000", "1 200", "est négatif, l’autre non")],
)
def test_a_line_that_reads_two_ways_or_has_two_signs_is_left_out(city, ht, ttc, said):
    (told,) = read(city, f"Le Lac;élémentaire;2017;;{ht};{ttc};").comparison.problems
    assert said in told.reason and not Expense.objects.exists()


def test_what_a_class_cost_keeps_both_taxes(city):
    read(city, "Le Lac;élémentaire;2017;2;;12 000,00;", "La Dune;élémentaire;2017;1;;;60")
    lac = Expense.objects.get(school__name="Le Lac")
    Expense.objects.create(school=lac.school, fiscal_year=2017, amount_cents=300, regime="ht", source="x", quality="x")
    assert str(share_of(lac.school.acceptances.first()).paid).replace("\u00a0", " ") == "6 000,00 € TTC et 1,50 € HT"


def test_amounts_of_two_taxes_have_no_total():
    mixed = Amounts.of([("ttc", 100), ("ht", 5), ("ttc", -300)])
    assert (mixed, mixed.only, mixed.is_mixed) == (Amounts(ttc=-200, ht=5), None, True)
    assert not Amounts() and Amounts(ttc=0) and Amounts(unknown=7).only == 7
    told = str(mixed + Amounts(unknown=7)).replace("\u00a0", " ")
    assert told == "−2,00 € TTC, 0,05 € HT et 0,07 € (HT ou TTC non précisé)"


@pytest.mark.parametrize("write, name", [(write_xlsx, "p.xlsx"), (write_ods, "p.ods")])  # the second keeps the noise
def test_numbers_of_a_workbook_are_read_as_they_are(city, write, name):
    header = ("École", "Nature", "Année", "Montant TTC", "Montant HT")
    rows = [("Le Pré", "maternelle", 2016, 22000.0, 18333.33), ("Le Lac", "primaire", 2016, 12.5, None),
            ("La Dune", "primaire", 2016, -1200, -1000), ("Le Bois", "primaire", 2016, 0.1 + 0.2, None)]  # fmt: skip
    draft = actions.keep_draft(person=None, city=city, name=name, data=write(header, rows), now=NOW)
    applied = actions.apply_draft(person=None, draft=draft, now=NOW)
    assert not applied.comparison.problems and not applied.comparison.warnings
    kept = Expense.objects.order_by("amount_cents").values_list("amount_cents", "ht_cents")
    assert list(kept) == [(-120000, -100000), (30, None), (1250, None), (2200000, 1833333)]


HAND = {"ttc": 4100050 + 1200000 - 120000, "ht": 780000 - 30000, "unknown": 6000000}
CREDITS = {"ttc": -120000, "ht": -30000}


def euros_of(kinds):
    return {TAXES[regime]: cents / 100 for regime, cents in kinds.items()}


def plain(page):
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]*>", " ", page)))


def test_totals_equal_hand_arithmetic_by_tax_on_pages_json_csv_and_exports(world, city, client):
    School.objects.filter(city=city).update(closed_on="2010-01-01")
    read(city, *ROWS)
    assert situation(city).paid == Amounts(**HAND) and situation(city).credits == Amounts(**CREDITS)
    world.sign_in(client, "city_it")
    for address in ("/plan/", "/pilotage/"):
        page = plain(client.get(address).text)
        assert "51 800,50 € TTC 7 500 € HT" in page and "60 000 € (HT ou TTC non précisé)" in page, address
        assert "51 800,50 € TTC, 7 500,00 € HT et 60 000,00 € (HT ou TTC non précisé)" in page, address
        assert "Les avoirs sont déduits : −1 200,00 € TTC et −300,00 € HT" in page, address
        # Said of the only part of which it is true; nothing anywhere is the sum of two taxes.
        assert "Pour 60 000,00 €, la source ne dit pas" in page and "Régime fiscal non précisé : HT ou TTC" not in page
        assert not re.search("119 30|59 30|111 80", page), address
    for told in (
        "Coût par école équipée, TTC 25 900,25 €",
        "Coût par école équipée, HT 7 500,00 €",
        "Coût par école équipée, régime fiscal non précisé 60 000,00 €",
        "12 950,13 € TTC, 1 875,00 € HT et 15 000,00 €",
    ):
        assert told in plain(client.get("/plan/").text), told
    for address in ("/plan/ecoles.csv", "/pilotage/ecoles.csv"):
        table = read_table("x.csv", client.get(address).content)
        paid = [cells[-3:] for cells in (line.cells for line in table.rows) if "Dune" in cells[0] or "Pré" in cells[0]]
        assert sorted(paid) == [("", "7500", ""), ("39800,5", "", "")], address


def test_open_data_give_a_figure_for_each_tax_and_its_credit_notes(city, client):
    read(city, *ROWS)
    figures = {f["figure"]: f for f in client.get("/donnees/plan.json?ville=marelle").json()["figures"]}
    rows = list(
        csv.DictReader(client.get("/donnees/plan.csv?ville=marelle").text.lstrip("\ufeff").splitlines(), delimiter=";")
    )
    for label, hand in (("dépense", HAND), ("dont avoirs", CREDITS)):
        for tax, value in euros_of(hand).items():
            figure = figures.pop(f"{label} {tax}")
            assert figure["value"] == value == sum(part["value"] for part in figure["parts"])
            in_csv = [row for row in rows if row["chiffre"] == figure["figure"]]
            assert {float(row["valeur"]) for row in in_csv} == {value}
            assert sum(float(row["valeur de la partie"]) for row in in_csv) == value
    assert not [label for label in figures if "dépense" in label or "avoirs" in label]


def test_a_frozen_dossier_its_page_and_its_pdf_keep_taxes_apart(world, city, client):
    read(city, *ROWS)
    members = stage_of(world).session("pack_frozen").dossiers.get(audience="members")
    paid = json.loads(bytes(members.data))["figures"][2]["value"].replace("\u00a0", " ")
    assert paid == "51 800,50 € TTC, 7 500 € HT et 60 000 € (HT ou TTC non précisé)"
    printed = plain(" ".join(text_of(members)))
    assert all(part in printed for part in ("51 800,50 € TTC", "7 500 € HT", "60 000 €"))
    page = world.sign_in(client, "elected").get(reverse("governance:dossier_detail", args=[members.pk])).text
    assert paid in plain(page)


def test_a_school_says_its_taxes_and_a_total_below_zero_breaks_nothing(world, city, client):
    read(city, *ROWS, "Le Lac;élémentaire;2018;;(900,00);;", "La Dune;élémentaire;2020;;(70 000,00);;")
    world.sign_in(client, "city_it")
    lac, dune = (School.objects.get(name=name) for name in ("Le Lac", "La Dune"))
    page = plain(client.get(reverse("equipment:school_detail", args=[lac.id])).text)
    assert "12 000,00 € TTC et −900,00 € HT" in page and "soit 10 000,00 € HT" in page
    assert "−62 500,00 € HT" in plain(client.get(reverse("equipment:school_detail", args=[dune.id])).text)
    for address in ("/plan/", "/pilotage/", "/plan/ecoles/", "/plan/depenses/", "/donnees/plan.json", "/aujourdhui/"):
        answer = client.get(address)
        assert answer.status_code == 200, address
    assert "−62 500 € HT" in plain(client.get("/plan/ecoles/").text)


def test_one_tax_alone_is_said_and_nothing_else_is_doubted(world, city, client):
    School.objects.filter(city=city).update(closed_on="2010-01-01")
    read(city, ROWS[0])
    page = plain(world.sign_in(client, "city_it").get("/plan/").text)
    assert "41 000,50 € TTC, payés" in page and "ne dit pas" not in page and "ne s’ajoutent pas" not in page


def test_a_city_of_17_schools_entered_from_nothing_equals_hand_arithmetic_and_is_undone(world, city, client):
    """A title row, dotted thousands, three kinds of amounts, credit notes: on page, JSON, CSV and dossier."""
    School.objects.filter(city=city).update(closed_on="2010-01-01")
    rows = [f"Le Pont {n};primaire;{2012 + n % 5};{1 + n % 3};;{n}.{n:02}0,0{n % 10};" for n in range(1, 6)]
    rows += [f"Le Pont {n};primaire;{2012 + n % 5};2;{n} {n}00,50;;" for n in range(6, 10)]
    rows += [f"Le Pont {n};primaire;{2012 + n % 5};2;;;1.{n}0.000" for n in range(10, 18)]
    rows += ["Le Pont 1;primaire;2020;;;(99,99);", "Le Pont 6;primaire;2020;;−1.000,50;;", "TOTAL;;;;;;"]
    # 1 010,01 + 2 020,02 + 3 030,03 + 4 040,04 + 5 050,05 − 99,99;
    # 6 600,50 + 7 700,50 + 8 800,50 + 9 900,50 − 1 000,50; 1 100 000 + 1 110 000 + … + 1 170 000
    hand = Amounts(ttc=1515015 - 9999, ht=3300200 - 100050, unknown=908000000)
    before, title = business_digest(), "Équipement numérique;;;;;;"
    actions.undo_import(person=None, city=city, batch=read(city, *rows, title=title).batch, now=NOW)
    assert business_digest() == before
    applied = read(city, *rows, title=title)
    assert not applied.comparison.problems and School.objects.filter(city=city, closed_on=None).count() == 17
    assert situation(city).paid == hand
    told = "15 050,16 € TTC, 32 001,50 € HT et 9 080 000,00 € (HT ou TTC non précisé)"
    for address in ("/plan/", "/pilotage/", "/plan/depenses/"):
        assert told in plain(world.sign_in(client, "city_it").get(address).text), address
    figures = {f["figure"]: f["value"] for f in client.get("/donnees/plan.json?ville=marelle").json()["figures"]}
    table = client.get("/donnees/plan.csv?ville=marelle").text
    for tax, value in (("TTC", 15050.16), ("HT", 32001.5), ("sans dire HT ou TTC", 9080000)):
        assert figures[f"dépense {tax}"] == value and f"dépense {tax};{value};euros" in table
    members = stage_of(world).session("pack_frozen").dossiers.get(audience="members")
    paid = json.loads(bytes(members.data))["figures"][2]["value"].replace("\u00a0", " ")
    assert paid == "15 050,16 € TTC, 32 001,50 € HT et 9 080 000 € (HT ou TTC non précisé)"
