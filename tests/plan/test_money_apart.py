"""HT, TTC and what nobody says: never added, on any page, from a city's own table; a credit note comes off."""

import pytest

from preau.kit.digest import business_digest
from preau.plan.equipment.models import Expense
from preau.plan.equipment.queries import Amounts, share_of
from preau.plan.sheets.actions import plan as actions
from tests.plan.conftest import NOW

HEADER = "École;Nature;Année;Classes équipées;Montant HT;Montant TTC;Montant"
ROWS = (
    "Le Pré;maternelle;2016;2;;41 000,50;",
    "Le Lac;élémentaire;2017;3;10 000,00;12 000,00;",  # both, at 20 %
    "La Dune;élémentaire;2018;4;7.800,00;;",
    "Le Bois;primaire;2018;1;;;60 000",
    "Le Pré;maternelle;2017;;;−1 200,00;",
    "La Dune;élémentaire;2019;;(300,00);;",
)


def read(city, *rows):
    data = "\n".join((HEADER, *rows)).encode()
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
        (2016, "paid", 4100050, "ttc", None), (2017, "credit", -120000, "ttc", None),
        (2017, "paid", 1200000, "ttc", 1000000), (2018, "paid", 780000, "ht", None),
        (2018, "paid", 6000000, "unknown", None), (2019, "credit", -30000, "ht", None),
    ]  # fmt: skip
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
