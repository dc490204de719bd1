"""Sums and roundings, whatever the numbers."""

import re
from datetime import date
from decimal import Decimal
from fractions import Fraction
from importlib import import_module

import pytest
from django import forms
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from preau.kit.forms import Form, MoneyField
from preau.kit.money import amount, round_half_up, split_cents
from preau.kit.sheets import BadCell, read_cents, read_day
from preau.plan.equipment.queries import (
    Amounts,
    Costed,
    Investment,
    Reach,
    Remaining,
    SplitMismatch,
    SubscriptionCheck,
    Years,
    check_split,
)
from preau.plan.sheets.queries.plan_lines import read_count, read_kind

CENTS = st.integers(0, 10**12)


@given(CENTS, st.lists(st.integers(0, 99), min_size=1, max_size=60).filter(sum))
def test_shares_sum_to_the_cent_and_follow_the_weights(total, weights):
    shares = split_cents(total, weights)
    assert sum(shares) == total
    for share, weight in zip(shares, weights, strict=True):
        assert abs(share - Fraction(total * weight, sum(weights))) < 1


@given(CENTS, st.integers(1, 99), st.integers(1, 999), st.integers(1990, 2030), st.integers(0, 30))
def test_averages_come_back_to_their_total(total, schools, classes, first, span):
    years, costed = Years(first, first + span), Costed("unknown", total, schools, classes)
    plan, reach = Investment(Amounts(unknown=total), years, (costed,)), Reach(schools, classes, years)
    assert costed.cents_per_school * schools == costed.cents_per_class * classes == total
    assert plan.ht_if_ttc + plan.vat_if_ttc == total
    assert plan.paid_a_year(years.both_ends).only * years.both_ends == total
    # As many schools again cost as much again, whether their classes are told or taken at the mean.
    for remaining in (Remaining(schools, 0, schools), Remaining(schools, classes, 0)):
        assert remaining.cents_at(costed, reach.classes_per_school) == total
    if years.intervals:
        assert reach.years_for(schools, years.intervals) == years.intervals


@given(st.integers(1, 9999), st.integers(1, 99), st.integers(1, 10**6), st.integers(1, 10**10))
def test_a_gap_is_never_adjusted(pupils, schools, price, published):
    check = SubscriptionCheck(pupils, schools, price, published)
    assert check.ttc_cents + check.gap_cents == published
    assert check.ht_cents + check.vat_cents == check.ttc_cents == check.ttc_cents_per_pupil * pupils
    assert check.pupils_at_published * price <= check.published_ht_cents


@given(st.integers(0, 99), st.integers(0, 99), st.integers(-3, 3).filter(bool))
def test_a_split_that_does_not_sum_is_refused(nurseries, elementaries, off):
    check_split(nurseries + elementaries, nurseries, elementaries)
    with pytest.raises(SplitMismatch):
        check_split(nurseries + elementaries + off, nurseries, elementaries)


@given(CENTS)
def test_amounts_are_read_as_they_are_shown(cents):
    assert read_cents(amount(cents)) == cents
    assert read_cents(str(Decimal(cents) / 100)) == cents
    assert read_cents(f"{cents // 100},{cents % 100:02d}") == cents


@given(st.fractions(0, 10**9), st.integers(0, 4))
def test_rounding_moves_half_a_unit_at_most(value, decimals):
    assert abs(round_half_up(value, decimals) - value) <= Fraction(1, 2 * 10**decimals)


@pytest.mark.parametrize(
    "text, cents",
    [
        ("1 677 000 €", 167700000),
        ("72.913,04", 7291304),
        ("72,913.04", 7291304),
        ("72 913,04 €", 7291304),
        ("1.677.000", 167700000),
        ("1,677,000.50", 167700050),
        ("7.800,00", 780000),
        ("7,800.00", 780000),
        ("60\u202f000", 6000000),
        ("60\u2009000 euros", 6000000),
        ("7.8000000000000007", 780),  # a cell of a workbook
        ("9.5", 950),
    ],
)
def test_the_ways_to_write_an_amount(text, cents):
    assert read_cents(text) == cents


@pytest.mark.parametrize("text", ["12 34", "1.2.3", "72,913.041", "beaucoup", "", "-3", "(3)", "1e30", "5,"])
def test_an_amount_is_never_guessed(text):
    with pytest.raises(BadCell):
        read_cents(text)


@pytest.mark.parametrize(
    "text, readings",
    [
        ("7.800", ("7 800", "7,80")), ("7,800", ("7 800", "7,80")), ("12.500", ("12 500", "12,50")),
        ("22.000", ("22 000", "22,00")), ("0.800", ("800", "0,80")), ("1 234.500", ("1 234 500", "1 234,50")),
        ("12.345", ("12 345", "12,345")), ("-7.800", ("−7 800", "−7,80")),
    ],
)  # fmt: skip
def test_one_separator_before_three_digits_is_asked_with_both_readings(text, readings):
    with pytest.raises(BadCell) as bad:
        read_cents(text, signed=True)
    said = bad.value.reason.replace("\u00a0", " ")
    assert "deux façons" in said and all(reading in said for reading in readings)


@pytest.mark.parametrize("text", ["-1 200,00", "−1 200,00", "− 1\u202f200,00 €", "(1 200,00)", "-1200"])
def test_a_credit_note_is_read_below_zero_where_it_may_be(text):
    assert read_cents(text, signed=True) == -120000
    with pytest.raises(BadCell, match="négatif"):
        read_cents(text)


def test_money_is_typed_in_one_kind_of_field():
    """Of every form of the product: « 60 000 » is read wherever euros are typed."""
    import_module(settings.ROOT_URLCONF)
    money = re.compile("euro|prix|montant|enveloppe|coût", re.IGNORECASE)
    numbers = forms.DecimalField, forms.FloatField, forms.IntegerField
    found = {
        f"{shape.__module__}.{shape.__name__}.{name}": isinstance(field, numbers)
        for shape in _every(Form)
        if shape.__module__.startswith("preau.")
        for name, field in shape.base_fields.items()
        if (isinstance(field, (MoneyField, *numbers))) and money.search(f"{field.label} {field.help_text} {name}")
    }
    assert len(found) >= 6 and not [name for name, is_bare in found.items() if is_bare]
    assert [MoneyField().clean(text) for text in ("60 000", "60\u00a0000", "60\u202f000")] == [6000000] * 3


def _every(shape):
    return {shape}.union(*(_every(each) for each in shape.__subclasses__()))


def test_years_kinds_and_counts():
    today = date(2026, 11, 25)
    assert read_day("2016", today) == ("2016-12-31", False)
    assert read_day("2026", today) == ("2026-11-25", False)
    for written in ("2016-2017", "juin 2016", "Sept. 2016", "06/2016"):
        assert read_day(written, today) == ("2016-12-31", False)
    for written in ("2016-06-15 00:00:00", "15.06.2016", "15/06/2016 08:30", "42536"):
        assert read_day(written, today) == ("2016-06-15", True)
    kinds = {"E.M.PU maternelle": "nursery", "Élémentaire": "elementary", "mat. et élém.": "primary", "": ""}
    assert {text: read_kind(text) for text in kinds} == kinds
    assert [read_count("x", text) for text in ("7", "7.0", "7,0", "")] == [7, 7, 7, None]
