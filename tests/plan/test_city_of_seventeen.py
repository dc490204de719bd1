"""A city of 17 schools entered from an empty base with a table of its own: its figures are those of a pencil.

Added by hand: TTC 110 851,37 €, HT 33 250,05 €, not said 11 334,02 €; 77 classes in 16 schools, 4 of them nursery
schools. The table adds all three in its own line: 155 435,44 €.
"""

import csv
import datetime
import io
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Sum
from django.urls import reverse

from preau.kit.batches import batches_of
from preau.kit.digest import business_digest
from preau.kit.tables import write_ods, write_xlsx
from preau.people.models import Mandate, Role
from preau.places.models import City, Department, School
from preau.plan.equipment.models import Acceptance, Expense, StandardKit
from preau.plan.governance import actions as governance
from preau.plan.sheets.actions import plan as actions
from tests.plan.conftest import NOW, TODAY
from tests.plan.previews import apply_sheet
from tests.world import World, add_person, enter

pytestmark = pytest.mark.django_db
TABLE = """\
Plan numérique des écoles, suivi du service Éducation;;;;;;
;;;;;;
Groupe scolaire;Sorte;Mise en service;Salles dotées;Facturé;Taxe;Mandat
Les Acacias;maternelle;2016;4;12.500,00;TTC;M 101
Les Acacias;maternelle;2018;;500,78;ttc;M 102
Les Bouleaux;élémentaire;15/03/2017;6;41 000,50;TTC;M 103
Les Bouleaux;élémentaire;2018;;-1 200,00;TTC;avoir A 7
Les Cèdres;maternelle;2016;5;9 999,99 €;TTC;M 104
Les Châtaigniers;élémentaire;2018;7;18250;TTC;M 105
Les Érables;élémentaire;2017;3;{erables};TTC;M 106
Les Figuiers;élémentaire;2019;8;22.000,10;TTC;M 107
Les Frênes;maternelle;2016;2;15 000,00;HT;M 108
Les Hêtres;élémentaire;2017;6;6.250,75;HT;M 109
Les Houx;élémentaire;2018;5;1 999,25;hors taxes;M 110
Les Lilas;élémentaire;2018;4;10 000,05;H.T.;M 111
Les Mûriers;élémentaire;2019;7;8 000;;M 112
Les Noyers;élémentaire;2016;3;3.333,33;;M 113
Les Ormes;maternelle;2017;6;0,69;;M 114
Les Peupliers;élémentaire;2018;2;;;
Les Platanes;élémentaire;2018;5;;;
Les Saules;élémentaire;2019;4;;;
Les Tilleuls;élémentaire;;;;;
TOTAL GÉNÉRAL;;;77;155 435,44;;
"""
COLUMNS = ("school", "kind", "year", "equipped", "amount", "regime", "source")
PAID = {"TTC": 110_851_37, "HT": 33_250_05, "": 11_334_02}


@pytest.fixture
def city(client):
    """A base that holds one city, and one person of its IT, signed in: no school, no kit, no figure."""
    world = World()
    department = Department.objects.create(code="37", name="Indre-et-Loire", academy="Orléans-Tours")
    city = City.objects.create(name="Dix-Sept", slug="dix-sept", department=department)
    for name, role in (("it", Role.CITY_IT), ("education", Role.CITY_EDUCATION)):
        person = add_person(world, name)
        Mandate.objects.create(person=person, role=role, city=city, starts_on=TODAY - datetime.timedelta(days=400))
    enter(client, world.people["it"].account)
    city.secretary = world.people["education"]
    return city


def give(client, erables, kind="csv"):
    text = TABLE.format(erables=erables)
    (header, *rows) = [line.split(";") for line in text.splitlines()]
    data = {"xlsx": write_xlsx, "ods": write_ods}[kind](header, rows) if kind != "csv" else text.encode("cp1252")
    sheet = SimpleUploadedFile(f"suivi.{kind}", data)
    return client.post("/plan/importer/", {"sheet": sheet}).headers["Location"]


def read(client, address):
    return client.get(address).text.replace("&nbsp;", "\u00a0").replace("\u00a0", " ")


def entered(client):
    """The table given, its columns said once, the doubtful amount mended, applied."""
    address = give(client, "7.800")
    assert address.endswith("/colonnes/")
    preview = client.post(address, {f"c{n}": field for n, field in enumerate(COLUMNS)}).headers["Location"]
    page = read(client, preview)
    assert "Les colonnes sont nommées à la ligne 3." in page
    assert "« 7.800 »" in page and "−7 800 €" in page and "−3 classes" in page  # asked, and the gap says so
    assert "16 écoles, 74 classes équipées, 103 051,37 € TTC, 33 250,05 € HT et 11 334,02 €" in page
    preview = give(client, "7 800,00")
    page = read(client, preview)
    assert page.count(">aucun") == 2 and "HT et TTC mêlés" in page and "À revoir" not in page
    apply_sheet(client, preview)


def test_its_totals_are_those_of_a_pencil_on_page_json_csv_and_dossier(city, client):
    entered(client)
    assert School.objects.count() == 17 and Acceptance.objects.count() == 77 and not StandardKit.objects.exists()
    assert Expense.objects.count() == 15 and Expense.objects.get(kind="credit").amount_cents == -1_200_00
    said = client.get("/donnees/plan.json?ville=dix-sept").json()["figures"]
    figures = {each["figure"]: each for each in said}
    by_tax = {name: each for name, each in figures.items() if name.startswith("dépense")}
    assert sorted(round(each["value"] * 100) for each in by_tax.values()) == sorted(PAID.values())
    for each in by_tax.values():
        assert round(sum(part["value"] for part in each["parts"]) * 100) == round(each["value"] * 100)
    assert (figures["écoles équipées"]["value"], figures["classes équipées"]["value"]) == (16, 77)
    assert figures["maternelles équipées"]["value"] == 4
    assert "écoles à niveau" not in figures  # no kit is in force: nobody can tell, and it is not zero
    assert figures["écoles équipées, contenu non détaillé"]["value"] == 16
    rows = csv.DictReader(
        io.StringIO(client.get("/donnees/plan.csv?ville=dix-sept").content.decode("utf-8-sig")), delimiter=";"
    )
    in_csv = {row["chiffre"]: row["valeur"] for row in rows}
    assert {name: float(in_csv[name]) for name in by_tax} == {name: each["value"] for name, each in by_tax.items()}
    home = read(client, "/plan/")
    assert "<b>16</b>" in home and "<b>77</b>" in home and "155 435" not in home  # HT and TTC are never added
    for amount in ("110 851,37 € TTC", "33 250,05 € HT", "11 334,02 € (HT ou TTC non précisé)"):
        assert f">{amount}</b>" in home, amount
    classes = read(client, "/plan/classes/")
    assert "contenu non détaillé" in classes and "None" not in classes
    schools = list(csv.reader(io.StringIO(
        client.get("/plan/ecoles.csv?ville=dix-sept").content.decode("utf-8-sig")), delimiter=";"
    ))  # fmt: skip
    assert "2016-12-31" not in str(schools) and len(schools) == 18
    assert "non" not in {cell for row in schools for cell in row}  # « à niveau : non » would say a kit is asked for
    dossier = json.loads(bytes(frozen(city)[0].data))
    assert "155 435" not in str(dossier).replace("\u00a0", " ")
    paid = next(each for each in dossier["figures"] if "payé" in each["label"] or "TTC" in each["value"])
    for amount in ("110 851,37 €", "33 250,05 €", "11 334,02 €"):
        assert amount in paid["value"].replace("\u00a0", " "), paid
    assert dossier["coverage"][-1] | {"kind": ""} == {
        "kind": "", "schools": 17, "equipped": 16, "partly": 0, "uncounted": 0, "not_begun": 1, "untold": 0,
        "up_to_date": 0, "undetailed": 16,
    }  # fmt: skip


def frozen(city):
    as_secretary = {"person": city.secretary, "now": NOW}
    copil, _ = governance.open_committees(city=city, opened_on=TODAY, **as_secretary)
    session = governance.plan_session(committee=copil, planned_on=TODAY, place="mairie", **as_secretary)
    governance.add_item(
        session=session, title="Le plan", text="", aim="information", presented_by="city", **as_secretary
    )
    governance.convene_session(session=session, **as_secretary)
    session.refresh_from_db()
    return governance.freeze_dossier(session=session, **as_secretary)


@pytest.mark.parametrize("kind", ["csv", "xlsx", "ods"])
def test_it_is_undone_to_the_same_digest(city, client, kind):
    address = give(client, "7 800,00", kind)
    preview = client.post(address, {f"c{n}": field for n, field in enumerate(COLUMNS)}).headers["Location"]
    before = business_digest()
    apply_sheet(client, preview)
    paid = Expense.objects.values_list("regime").annotate(cents=Sum("amount_cents")).values_list("cents", flat=True)
    assert sorted(paid) == sorted(PAID.values()) and business_digest() != before
    batch = batches_of(actions.scope_of(city=city), actions.KIND).get()
    client.post(reverse("sheets:import_undoing", args=[batch.id]))
    assert business_digest() == before and not School.objects.exists() and not Expense.objects.exists()
