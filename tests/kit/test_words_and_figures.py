"""Names, money, dates and identifiers of the ground floor."""

import datetime
import itertools
import uuid
from fractions import Fraction
from pathlib import Path

import pytest
from django import forms
from django.template import engines
from django.utils.safestring import mark_safe
from hypothesis import given
from hypothesis import strategies as st

from preau.kit import dates, money, names
from preau.kit.ids import uuid7


@pytest.mark.parametrize(
    "written, key",
    [
        ("Jean-Paul  D’Œuvre", "jean paul d oeuvre"),
        ("ÉLOÏSE", "eloise"),
        ("  Toupie\u00a0", "toupie"),
        ("N'Guyen", "n guyen"),
        ("Yıldız Łukasz Søren", "yildiz lukasz soren"),
        ("Ольга ПЕТРОВА-Иванова", "ольга петрова иванова"),
        ("أحمد  بن-علي", "احمد بن علي"),
        ("राम Toupie", "राम toupie"),
        ("—·’", ""),
        ("", ""),
    ],
)
def test_names_fold_to_one_key(written, key):
    assert names.name_key(written) == key


@pytest.mark.parametrize(
    "written, kept",
    [
        ("\ufeffZo\u200bé\u00ad ", "Zoé"),  # marks of a file, of a page, of a text
        ("\u202eTou\u2066pie\u202c", "Toupie"),
        ("El\u00a0Khatib\u2009\tSaïd\u2028", "El Khatib Saïd"),
        ("Zoé\x07\x9f", "Zoé"),
        ("D’Œuvre-Ni\u0301o", "D’Œuvre-Ni\u0301o"),  # an accent apart is seen
    ],
)
def test_a_line_keeps_what_is_seen(written, kept):
    assert names.tidy_line(written) == kept


@pytest.mark.parametrize(
    "name", ["Toupie;Zoé", "a@b.fr", "FRAN?OIS", "ZoÃ©", "Zo\ufffd", "Toupie | Zoé", "Zoé*", "x=1"]
)
def test_what_no_person_is_named(name):
    assert names.odd_in_name(name) and not names.odd_in_name(name, is_person=False)


@pytest.mark.parametrize(
    "name", ["Toupie (née Marelle)", "Toupie/Marelle", "J.-P.", "Gel·la", "Oʼneil", "أحمد", "Đặng"]
)
def test_what_people_are_named_or_write_beside(name):
    assert not names.odd_in_name(name)


def test_a_name_holds_no_digit_and_no_bracket():
    assert names.odd_in_name("<b>Zoé</b>") == "le signe «\u00a0<\u00a0»"
    assert names.odd_in_name("Zoé 2") == "un chiffre" and not names.odd_in_name("CP 2", is_person=False)
    assert not names.odd_in_name("d’Almeida-N'Guyen")


@given(st.text())
def test_folding_twice_changes_nothing(text):
    assert names.fold(names.fold(text)) == names.fold(text)


@given(st.text(st.characters(max_codepoint=127)))
def test_a_text_without_accent_folds_as_it_does_beside_one(text):
    assert names.fold(f"é {text}") == f"e {names.fold(text)}".strip()


@pytest.mark.parametrize(
    "cents, text",
    [
        (167_700_000, "1\u00a0677\u00a0000\u00a0€"),
        (7_291_304, "72\u00a0913,04\u00a0€"),
        (0, "0\u00a0€"),
        (-150, "−1,50\u00a0€"),
    ],
)
def test_euros_read_as_french_money(cents, text):
    assert money.euros(cents) == text


def test_ratios_are_rounded_once_and_half_up():
    assert money.decimal(Fraction(23, 45) * 100) == "51,1"
    assert money.decimal(Fraction(161, 23), 2) == "7,00"
    assert money.amount(Fraction(167_700_000, 23)) == "72\u00a0913,04\u00a0€"
    assert money.amount(Fraction(167_700_000, 161)) == "10\u00a0416,15\u00a0€"
    assert money.amount(Fraction(1, 2)) == "0,01\u00a0€"


@given(st.fractions(min_value=0, max_value=10**12), st.integers(min_value=0, max_value=4))
def test_what_is_rounded_is_never_more_than_half_a_unit_away(value, decimals):
    assert abs(value - money.round_half_up(value, decimals)) <= Fraction(1, 2 * 10**decimals)


def test_labels_in_a_sentence_keep_their_proper_names():
    told = names.in_sentence(["Liaison Internet", "Conseil d’école informé du Wi-Fi"])
    assert told == "liaison Internet, conseil d’école informé du Wi-Fi"


def test_a_page_tells_the_day_of_paris():
    """Half past midnight in Paris is still the day before in Greenwich."""
    moment = datetime.datetime(2026, 11, 25, 23, 30, tzinfo=datetime.UTC)
    page = engines["django"].from_string("{{ moment|day }} {{ moment|weekday }}").render({"moment": moment})
    assert page == "26\u00a0novembre 2026 jeudi 26\u00a0novembre"


def test_days_and_hours_read_as_french():
    assert dates.day_text(datetime.date(2026, 9, 1)) == "1er\u00a0septembre 2026"
    assert dates.weekday_text(datetime.date(2026, 9, 15)) == "mardi 15\u00a0septembre"
    assert dates.hour_text(datetime.datetime(2026, 9, 15, 8, 5)) == "8\u00a0h\u00a005"
    assert dates.hour_text(datetime.datetime(2026, 9, 15, 17)) == "17\u00a0h"


def test_since_reads_from_now_to_last_year():
    now = datetime.datetime(2026, 9, 15, 12)
    assert dates.since_text(now, now) == "à l’instant"
    assert dates.since_text(now.replace(hour=8), now) == "aujourd’hui à 8\u00a0h"
    assert dates.since_text(datetime.datetime(2026, 9, 14, 23), now) == "hier"
    assert dates.since_text(datetime.datetime(2026, 9, 11), now) == "vendredi 11\u00a0septembre"
    assert dates.since_text(datetime.datetime(2025, 9, 11), now) == "11\u00a0septembre 2025"


@pytest.mark.parametrize(
    "day, label",
    [
        ("2026-08-31", "2025-2026"),
        ("2026-09-01", "2026-2027"),
        ("2027-02-28", "2026-2027"),
        ("2028-02-29", "2027-2028"),
    ],
)
def test_a_school_year_turns_on_the_first_of_september(day, label):
    day = datetime.date.fromisoformat(day)
    assert dates.school_year_label(day) == label
    first, last = dates.school_year_bounds(label)
    assert first <= day <= last


def test_identifiers_sort_by_time_and_are_version_seven(monkeypatch):
    """Also two made in one millisecond: 50 rows here, 20 microseconds apart."""
    ticks = itertools.count(1_795_937_506_000_000_000, 20_000)
    monkeypatch.setattr("time.time_ns", lambda: next(ticks))
    made = [uuid7() for _ in range(50)]
    assert {value.version for value in made} == {7} and {value.variant for value in made} == {uuid.RFC_4122}
    assert made == sorted(made)
    assert len({value.int >> 80 for value in made}) == 1 and len(set(made)) == 50


@pytest.mark.parametrize(
    "name, words",
    [("Adam", "d’Adam"), ("Lina", "de Lina"), ("Hélène", "d’Hélène"), ("Éva", "d’Éva"), ("Yves", "d’Yves"),
     ("Yanis", "de Yanis"), ("Orléans", "d’Orléans"), ("", "de "), ("Le Chamboule-tout", "du Chamboule-tout"),
     ("Léa", "de Léa"),
     ("Les Tilleuls", "des Tilleuls"), ("École Été", "de l’école Été"), ("La Marelle", "de La Marelle")],
)  # fmt: skip
def test_a_name_after_de(name, words):
    assert names.of_name(name) == words


def test_cities_are_named_while_they_are_few():
    said = [names.cities_said(["Poitiers", "Le Mans", "Orléans", "Tours"][:count]) for count in range(5)]
    one, two = "Ville de Poitiers", "Villes de Poitiers et du Mans"
    assert said == ["Ville", one, two, "Villes de Poitiers, du Mans et d’Orléans", "Villes"]


def test_a_name_after_a():
    said = [names.at_name(name) for name in ("Lina", "Le Chamboule-tout", "Les Tilleuls", "École Été", "L’Étoile")]
    assert said == ["à Lina", "au Chamboule-tout", "aux Tilleuls", "à l’école Été", "à L’Étoile"]


def test_cells_are_those_a_loop_would_write():
    looped = '{% for is, word in row %}<td data-is="{{ is }}">{{ word }}</td>{% endfor %}'
    row = [("free", "libre"), ("taken", "l’<b>&"), ("", "")]
    once, again = (engines["django"].from_string(page).render({"row": row}) for page in ("{% cells row %}", looped))
    assert once == again and "&lt;b&gt;" in once


def test_attributes_are_those_django_writes():
    given = {"class": "input", "title": 'l’<b>&"', "step": 0.5, "rows": 3, "required": True, "autofocus": False}
    given |= {"placeholder": mark_safe("a&amp;b"), "data-x": ""}
    django = Path(forms.__file__).parent / "templates/django/forms/widgets/attrs.html"
    pages = ("{% include 'django/forms/widgets/attrs.html' %}", django.read_text())
    once, again = (engines["django"].from_string(page).render({"widget": {"attrs": given}}) for page in pages)
    assert once == again and "&lt;b&gt;" in once and " required" in once and "autofocus" not in once


def test_lines_and_marks_are_those_a_loop_would_write():
    given = {
        "rows": [("l’<b>&", "faite", "—"), ("Tilleuls", "", "<i>")],
        "days": [{"x": "12.5", "state": "late"}, {"x": "0", "state": '"><b>'}],
    }
    lines = (
        '{% for head, a, b in rows %}<tr><th scope="row">{{ head }}</th><td>{{ a }}</td><td>{{ b }}</td></tr>'
        "{% endfor %}"
    )
    marks = '{% for d in days %}<rect class="g-{{ d.state }}" x="{{ d.x }}" y="3" width="8" height="18"/>{% endfor %}'
    days = [type("Day", (), day) for day in given["days"]]
    for tag, looped in (("{% lines rows %}", lines), ("{% load drawn %}{% marks days %}", marks)):
        once, again = (engines["django"].from_string(page).render({**given, "days": days}) for page in (tag, looped))
        assert once == again and "&lt;" in once and "<b>" not in once


@pytest.mark.parametrize(
    "name, drawn",
    [
        ("MS-GS", '<span class="unbroken">MS-GS</span>'),
        ("CM1-CM2 M. <b>", '<span class="unbroken">CM1-CM2</span> M. &lt;b&gt;'),
        ("Arc-en-ciel-des-petits", "Arc-en-ciel-des-petits"),  # longer than a narrow screen holds
        ("CP B", "CP B"),
    ],
)
def test_a_class_name_is_not_cut_at_its_hyphen(name, drawn):
    assert names.unbroken(name) == drawn
