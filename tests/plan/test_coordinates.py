"""The city's sheet says where its schools are: read, compared, applied, undone as the rest of it; then the map."""

import re
from decimal import Decimal

import pytest
from django.urls import reverse

from preau.kit.digest import business_digest
from preau.kit.points import is_in_france
from preau.kit.tables import write_ods, write_xlsx
from preau.places.models import School
from preau.plan.sheets.actions import plan as actions
from tests.plan.conftest import NOW
from tests.texts import as_drawn

HEADER = ("École", "UAI", "Nature", "Latitude", "Longitude", "Source")
TILLEULS, SAULES = ("Tilleuls", "0860001A", ""), ("Saules", "", "élémentaire")
ROWS = [
    (*TILLEULS, "46,58026", "0,34037", "cadastre"),
    (*SAULES, "46.5811", "0.35", ""),
    ("Le Pré", "", "maternelle", "46,57", "0,33", ""),
    ("Le Bois", "", "maternelle", "", "", ""),
]


def csv_of(rows):
    return "\r\n".join(";".join(row) for row in (HEADER, *rows)).encode()


def run(city, data, person=None, name="lieux.csv"):
    draft = actions.keep_draft(person=person, city=city, name=name, data=data, now=NOW)
    return actions.apply_draft(person=person, draft=draft, now=NOW)


def places(city):
    rows = School.objects.filter(city=city).exclude(latitude=None)
    return {s.name.removeprefix("École "): (s.latitude, s.longitude, s.location_source) for s in rows}


@pytest.fixture
def city(world):
    return world.cities["marelle"]


@pytest.mark.parametrize("kind", ["csv", "xlsx", "ods"])
def test_a_sheet_of_places_alone_is_read_with_commas_and_points(city, kind):
    data = {"csv": csv_of, "xlsx": lambda r: write_xlsx(HEADER, r), "ods": lambda r: write_ods(HEADER, r)}[kind](ROWS)
    applied = run(city, data, name=f"lieux.{kind}")
    assert applied.comparison.problems == applied.comparison.warnings == []
    assert places(city) == {
        "Tilleuls": (Decimal("46.58026"), Decimal("0.34037"), "cadastre"),
        "Saules": (Decimal("46.58110"), Decimal("0.35000"), f"lieux.{kind}, ligne 3"),
        "Le Pré": (Decimal("46.57000"), Decimal("0.33000"), f"lieux.{kind}, ligne 4"),
    }
    assert [d.words for d in applied.comparison.changes] == [
        ["située sur la carte"],
        ["située sur la carte"],
        ["école ajoutée", "située sur la carte"],
        ["école ajoutée"],
    ]


def test_the_same_places_again_change_nothing(city):
    run(city, csv_of(ROWS))
    again = run(city, csv_of(ROWS))
    assert again.batch is None and again.comparison.counts["locations"] == {"unchanged": 3}


def test_a_place_corrected_is_undone_to_the_former_one(city, world):
    run(city, csv_of(ROWS))
    before, known = business_digest(), places(city)
    applied = run(city, csv_of([(*TILLEULS, "46,6", "0,4", "GPS"), ROWS[1]]))
    assert [(d.subject, d.words) for d in applied.comparison.changes] == [("École Tilleuls", ["situation corrigée"])]
    assert places(city)["Tilleuls"] == (Decimal("46.60000"), Decimal("0.40000"), "GPS")
    actions.undo_import(person=None, city=city, batch=applied.batch, now=NOW)
    assert business_digest() == before and places(city) == known


def test_everything_is_undone_and_nothing_said_is_taken_away(city):
    before = business_digest()
    applied = run(city, csv_of(ROWS))
    silent = run(city, csv_of([(*TILLEULS, "", "", "")]))
    assert silent.batch is None and len(places(city)) == 3
    actions.undo_import(person=None, city=city, batch=applied.batch, now=NOW)
    assert business_digest() == before and places(city) == {}


@pytest.mark.parametrize(
    "latitude, longitude, column, said",
    [
        ("40,4168", "-3,7038", "Latitude", "40,41680 ; -3,70380 n’est pas en France : vérifiez les deux nombres."),
        ("0,34037", "46,58026", "Latitude", "La latitude s’écrit la première."),
        ("51,5", "-0,1", "Latitude", "n’est pas en France"),
        ("4658026", "0,34", "Latitude", "ne se lit pas"),
        ("46° 34’ 48”", "0,34", "Latitude", "degrés décimaux"),
        ("46,58", "est", "Longitude", "ne se lit pas"),
        ("46,58", "", "Longitude", "celle-ci manque"),
        ("", "0,34", "Latitude", "celle-ci manque"),
    ],
)
def test_what_is_no_place_is_refused_with_a_sentence(city, latitude, longitude, column, said):
    applied = run(city, csv_of([(*TILLEULS, latitude, longitude, ""), ROWS[1]]))
    (problem,) = applied.comparison.problems
    assert (problem.line, problem.column) == (2, column) and said in problem.reason.replace("\u00a0", " ")
    assert list(places(city)) == ["Saules"]  # the other lines are taken


def test_two_lines_that_disagree_and_a_school_far_away_are_told(city):
    rows = [ROWS[0], (*SAULES, "48,85", "2,35", ""), (*TILLEULS, "46,7", "0,34037", "")]
    header = ";".join((*HEADER, "Année", "Classes équipées"))
    lines = [";".join((*row, year, "1")) for row, year in zip(rows, ("2016", "2016", "2017"), strict=True)]
    applied = run(city, "\r\n".join([header, *lines]).encode())
    assert [(w.line, w.column) for w in applied.comparison.warnings] == [(3, "Latitude"), (4, "Latitude")]
    assert "plus de 100 km" in applied.comparison.warnings[0].reason
    assert "située ailleurs à la ligne 2" in applied.comparison.warnings[1].reason
    assert places(city)["Tilleuls"][0] == Decimal("46.58026")
    again = run(city, csv_of([(*TILLEULS, "46,7", "0,34037", "")]))
    assert "plus de 100 km" in again.comparison.warnings[0].reason


def test_territories_overseas_are_in_france():
    for point in (
        (46.58, 0.34),
        (16.24, -61.53),
        (14.61, -61.07),
        (4.93, -52.33),
        (-20.88, 55.45),
        (-12.78, 45.23),
        (46.78, -56.18),
        (-22.27, 166.45),
        (-17.54, -149.57),
        (-13.28, -176.18),
        (41.92, 8.74),
    ):
        assert is_in_france(*point), point
    for point in ((0.34, 46.58), (51.5, -0.1), (40.4, -3.7), (0, 0), (-33.9, 151.2), (46, 19)):
        assert not is_in_france(*point), point


def test_the_board_draws_the_schools_that_the_sheet_placed(city, world, client):
    world.sign_in(client, "city_education")
    board = reverse("desk:board") + "?ville=marelle"
    assert "<svg" not in drawn(client.get(board))
    applied = run(city, csv_of(ROWS[:2]))
    page = as_drawn(client.get(board).text)
    names = re.findall(r'aria-label="École (\w+), [^"]+"><g transform="translate\(\d+ \d+\)"', page)
    assert sorted(names) == ["Saules", "Tilleuls"]
    actions.undo_import(person=None, city=city, batch=applied.batch, now=NOW)
    assert "translate(" not in drawn(client.get(board))


def drawn(response):
    """What of the page lies in the map's own section."""
    found = re.search(r'<svg class="map.*?</svg>', response.content.decode(), re.S)
    return found[0] if found else ""
