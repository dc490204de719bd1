"""Expenses by hand: the city's pens, never over a former line, read by the city only."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.timezone import now as clock

from preau.journal.models import Seal
from preau.kit.answers import Conflict, Refused
from preau.kit.money import amount, read_amount
from preau.plan.equipment import queries
from preau.plan.equipment.actions import record_fact
from preau.plan.equipment.models import Expense
from preau.plan.finance import actions
from preau.plan.finance.queries import totals_of
from tests.kept import kept
from tests.texts import as_drawn
from tests.world import TODAY

NOW = clock()
LIST = reverse("finance:expense_list")


def record(world, person=None, **facts):
    return actions.record_expense(
        person=person and world.people[person],
        school=world.schools["tilleuls"],
        now=NOW,
        **{"fiscal_year": 2025, "amount_cents": 7291304, "regime": "ttc", "source": "Mandat 12", "quality": "measured"}
        | facts,
    )


def typed(world, **more):
    return {
        "school": world.schools["tilleuls"].id,
        "fiscal_year": 2025,
        "kind": "paid",
        "amount_cents": "1 677,05",
        "regime": "ht",
        "source": "Mandat 118",
        "quality": "measured",
    } | more


@kept
def standing(world):
    return Expense.objects.standing().filter(school__city=world.cities["marelle"])


def test_the_finance_officer_adds_corrects_and_withdraws(world, client):
    world.sign_in(client, "city_finance")
    assert "Aucune dépense" in client.get(LIST).content.decode()
    assert client.post(reverse("finance:expense_create"), typed(world)).status_code == 302
    first = standing(world).get()
    assert (first.amount_cents, first.regime) == (167705, "ht")
    url = reverse("finance:expense_correction", args=[first.id])
    assert 'value="1\u00a0677,05\u00a0€"' in client.get(url).content.decode()
    same = client.post(url, typed(world))
    assert same.status_code == 422 and "Rien n’est différent" in same.text and Expense.objects.count() == 1
    page = client.post(url, typed(world, amount_cents="1700"), follow=True).content.decode()
    assert "1\u00a0dépense ou avoir compté" in page and ") est corrigée. L’ancienne ligne reste" in page
    assert f"de {first.fiscal_year} à" not in " ".join(client.get("/plan/").text.split())
    assert "1\u00a0700,00" in page and "1\u00a0677,05" in page and "retirée le" in page
    second = standing(world).get()
    assert totals_of(Expense.objects.all())[0]["cents"] == 170000
    client.post(reverse("finance:expense_withdrawal", args=[second.id]))
    assert not standing(world).exists() and Expense.objects.count() == 2
    roles = [seal.role for seal in Seal.objects.order_by("number")]
    assert roles == ["city_finance"] * 4  # recorded; withdrawn and recorded; withdrawn


def test_a_made_up_expense_does_not_become_measured_by_a_correction(world, client):
    expense = record(world)
    Expense.objects.update(quality="fictitious")
    world.sign_in(client, "city_finance")
    url = reverse("finance:expense_correction", args=[expense.id])
    assert '<option value="fictitious" selected' in client.get(url).content.decode()
    assert client.post(url, typed(world, quality="fictitious")).status_code == 302
    assert standing(world).get().quality == "fictitious"
    # Nobody makes one up by hand.
    assert client.post(reverse("finance:expense_create"), typed(world, quality="fictitious")).status_code == 422


def test_what_is_corrected_twice_at_once_is_told_and_what_was_typed_stays(world, client):
    expense = record(world)
    world.sign_in(client, "city_finance")
    actions.withdraw_expense(person=None, expense=expense, now=NOW)
    answer = client.post(reverse("finance:expense_correction", args=[expense.id]), typed(world))
    page = answer.content.decode()
    assert answer.status_code == 422 and "corrigée ou retirée depuis" in page and "Mandat 118" in page
    with pytest.raises(Conflict):
        actions.withdraw_expense(person=None, expense=expense, now=NOW)


@pytest.mark.parametrize(
    "change, said",
    [
        ({"amount_cents": "beaucoup"}, "pas un montant"), ({"amount_cents": "0"}, "Zéro n’est pas"),
        ({"amount_cents": "-4"}, "est un avoir"), ({"amount_cents": "7.800"}, "7\u00a0800\u00a0» ou «\u00a07,80"),
        ({"ht_cents": "1 000"}, "choisissez TTC"), ({"regime": "ttc", "ht_cents": "0"}, "Zéro n’est pas"),
        ({"regime": "ttc", "ht_cents": "-4"}, "sans signe moins"), ({"fiscal_year": TODAY.year + 1}, "pas commencé"),
        ({"school": ""}, "choisi"), ({"source": ""}, "vide"),
    ],
)  # fmt: skip
def test_a_bad_line_is_told_and_changes_nothing(world, client, change, said):
    answer = world.sign_in(client, "city_finance").post(reverse("finance:expense_create"), typed(world, **change))
    assert answer.status_code == 422 and said in answer.content.decode()
    assert not Expense.objects.exists()


def test_the_school_of_another_city_is_not_paid_by_this_one(world, client):
    answer = world.sign_in(client, "city_finance").post(
        reverse("finance:expense_create"), typed(world, school=world.schools["loin"].id)
    )
    assert answer.status_code == 422 and not Expense.objects.exists()


@pytest.mark.parametrize("actor", ["dsden", "dan", "ien", "head", "elected", "city_education_far", "trainer"])
def test_no_other_authority_writes_what_the_city_paid(world, actor):
    expense = record(world)
    for act in (
        lambda: record(world, actor),
        lambda: actions.withdraw_expense(person=world.people[actor], expense=expense, now=NOW),
    ):
        with pytest.raises(Refused):
            act()
    assert standing(world).count() == 1


def test_finance_writes_money_and_nothing_else_of_the_plan(world):
    finance = world.people["city_finance"]
    with pytest.raises(Refused):
        record_fact(
            person=finance,
            city=world.cities["marelle"],
            measure="equipped_schools",
            value=1,
            as_of=TODAY,
            source="x",
            quality="declared",
            now=NOW,
        )


@pytest.mark.parametrize(
    "actor, found",
    [("city_finance", 200), ("city_education", 200), ("city_it", 200), ("elected", 200), ("dsden", 404), ("ien", 404),
     ("head", 404), ("trainer", 404), ("parents_federation", 404), ("guardian", 404)],
)  # fmt: skip
def test_the_city_alone_reads_each_line(world, client, actor, found):
    record(world)
    assert world.sign_in(client, actor).get(LIST).status_code == found
    export = client.get(reverse("finance:expense_export", args=["csv"]))
    assert export.status_code == found and (b"Mandat 12" in export.content) is (found == 200)


def test_an_elected_member_reads_and_does_not_write(world, client):
    expense = record(world)
    page = world.sign_in(client, "elected").get(LIST).content.decode()
    assert "Ajouter une dépense" not in page and "72\u00a0913,04" in page
    assert client.post(reverse("finance:expense_withdrawal", args=[expense.id])).status_code == 403
    assert client.get(reverse("finance:expense_create")).status_code == 403


def test_the_plan_counts_a_correction_at_once(world):
    expense = record(world)
    before = queries.situation_of(type(expense.school).objects.filter(pk=expense.school_id), TODAY).schools[0]
    actions.correct_expense(
        person=None,
        expense=expense,
        now=NOW,
        school=expense.school,
        fiscal_year=2025,
        amount_cents=100,
        regime="ttc",
        source="x",
        quality="measured",
    )
    after = queries.situation_of(type(expense.school).objects.filter(pk=expense.school_id), TODAY).schools[0]
    assert (before.paid.ttc, after.paid.ttc) == (7291304, 100)


def test_a_credit_note_is_typed_comes_off_the_total_and_is_told_in_the_list_and_the_export(world, client):
    world.sign_in(client, "city_finance")
    record(world, amount_cents=500000)
    add = reverse("finance:expense_create")
    for text in ("1 200,00", "−1 200,00"):  # with the sign or without
        assert client.post(add, typed(world, kind="credit", amount_cents=text, regime="ttc")).status_code == 302
    credits = standing(world).filter(kind="credit")
    assert [each.amount_cents for each in credits] == [-120000] * 2
    assert [(row["cents"], row["credit_cents"]) for row in totals_of(standing(world))] == [(260000, -240000)]
    page = client.get(LIST).text.replace("\u00a0", " ")
    assert "dont −2 400,00 € d’avoirs" in page and page.count(">avoir<") == 2
    record(world, amount_cents=7, regime="ht", fiscal_year=2024)
    page = client.get(LIST).text.replace("\u00a0", " ")
    assert "Tous les exercices : <b>2 600,00 € TTC et 0,07 € HT</b>" in page.replace("&nbsp;", " ")
    lines = client.get(reverse("finance:expense_export", args=["csv"])).text
    assert lines.count("avoir;-1200;") == 2 and "dépense;5000;" in lines
    correction = client.get(reverse("finance:expense_correction", args=[credits[0].id])).text
    assert '<option value="credit" selected' in correction and 'value="−1\u00a0200,00\u00a0€"' in correction
    record(world, amount_cents=-900000, fiscal_year=2026)  # a year may end below zero
    assert "−9 000,00 €" in client.get(LIST).text.replace("\u00a0", " ")


@pytest.mark.parametrize(
    "ht, doubt",
    [("1 000,00", ""), ("1 090,91", ""), ("1 200,00", ""), ("1 137,44", ""), ("1 300", "plus petit que le montant HT"),
     ("1 050", "serait à 14,3\u00a0%")],
)  # fmt: skip
def test_a_line_keeps_ht_beside_ttc_is_counted_once_and_told_when_they_disagree(world, client, ht, doubt):
    world.sign_in(client, "city_finance")
    both = typed(world, amount_cents="1 200,00", regime="ttc", ht_cents=ht)
    page = as_drawn(client.post(reverse("finance:expense_create"), both, follow=True).text)
    line = standing(world).get()
    assert (line.amount_cents, line.regime, line.ht_cents) == (120000, "ttc", read_amount(ht))
    assert [row["cents"] for row in totals_of(standing(world))] == [120000]
    assert f"soit {amount(line.ht_cents)} HT" in page
    assert page.count(doubt) == 2 if doubt else "À vérifier" not in page and "taux usuel" not in page


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "paid", "amount_cents": -1}, {"kind": "credit", "amount_cents": 1},
        {"kind": "credit", "amount_cents": 0}, {"kind": "gift"}, {"ht_cents": -1}, {"regime": "ht", "ht_cents": 1},
        {"regime": "unknown", "ht_cents": 1}, {"kind": "credit", "amount_cents": -12, "ht_cents": 10},
    ],
)  # fmt: skip
def test_the_base_refuses_a_sign_without_its_kind_and_a_second_amount_without_ttc(world, wrong):
    expense = record(world, ht_cents=6076087)
    assert (expense.kind, record(world, amount_cents=-1200, ht_cents=-1000).kind) == ("paid", "credit")
    with pytest.raises(IntegrityError), transaction.atomic():
        Expense.objects.filter(pk=expense.pk).update(**wrong)


def test_the_list_costs_the_same_with_more_lines(world, client, django_assert_max_num_queries):
    world.sign_in(client, "city_finance")
    counts = []
    for more in (1, 70):
        for _ in range(more):
            record(world)
        client.get(LIST)
        with django_assert_max_num_queries(10) as found:
            client.get(f"{LIST}?exercice=2025")
        counts.append(len(found))
    assert counts[0] == counts[1]
