"""What anyone reads of the plan: page, JSON and CSV move together with every write."""

import csv
import datetime
import io

import pytest

from preau.places.models import School
from preau.plan.equipment import actions
from preau.plan.equipment.models import Acceptance
from preau.plan.rollouts.actions import remove_acceptance, restore_acceptance
from tests.plan.conftest import NOW, TODAY

JSON, CSV = "/donnees/plan.json?ville=marelle", "/donnees/plan.csv?ville=marelle"


def read(client, world):
    """(open schools, equipped, up to date, classes) as the page, the JSON and the CSV say them; they must agree."""
    names = ("écoles ouvertes", "écoles équipées", "écoles à niveau", "classes équipées")
    said = client.get(JSON).json()["figures"]
    figures = {f["figure"]: f for f in said}
    from_json = tuple(figures[name]["value"] for name in names)
    for name in names:
        assert sum(part["value"] for part in figures[name]["parts"]) == figures[name]["value"]
    rows = list(csv.DictReader(io.StringIO(client.get(CSV).content.decode("utf-8-sig")), delimiter=";"))
    from_csv = tuple(next(int(row["valeur"]) for row in rows if row["chiffre"] == name) for name in names)
    assert from_csv == from_json
    assert {(row["chiffre"], row["date"]) for row in rows} == {(f["figure"], f["date"]) for f in said}
    days = {(row["chiffre"], row["partie"]): row["date de la partie"] for row in rows if row["partie"]}
    assert days == {(f["figure"], p["name"]): p["date"] or "" for f in said for p in f["parts"]}
    world.sign_in(client, "elected")
    page = client.get("/plan/").content.decode().replace("\u00a0", " ")
    client.logout()
    opened, equipped, current, classes = from_json
    for text in (f"<b>{equipped}</b>", f"sur {opened}", f"<b>{classes}</b>", f"{current} école"):
        assert text in page, text
    return from_json


def test_page_json_and_csv_follow_each_write(plan, client):
    agent, city = plan.people["city_it"], plan.cities["marelle"]
    assert read(client, plan) == (47, 23, 6, 161)
    acceptance = Acceptance.objects.get(school__name="La Dînette", label="Classe 2")
    remove_acceptance(person=agent, acceptance=acceptance, reason="Erreur.", now=NOW)
    assert read(client, plan) == (47, 22, 5, 160)
    restore_acceptance(person=agent, acceptance=acceptance, now=NOW)
    actions.publish_kit_version(
        person=agent,
        city=city,
        school_kind="nursery",
        lines=actions.deck_lines(school_kind="nursery"),
        published_on=TODAY,
        source="x",
        now=NOW,
    )
    assert read(client, plan) == (47, 23, 1, 161)
    school = School.objects.get(name="La Toupie")
    actions.close_school(person=agent, school=school, last_day=TODAY - datetime.timedelta(days=1), now=NOW)
    assert read(client, plan) == (46, 22, 1, 153)
    actions.reopen_school(person=agent, school=school, now=NOW)
    assert read(client, plan) == (47, 23, 1, 161)


def test_a_figure_says_its_origin(plan, client):
    for figure in client.get(JSON).json()["figures"]:
        assert set(figure) == {"city", "figure", "value", "unit", "date", "source", "quality", "parts"}
        assert figure["unit"] and figure["date"] and figure["source"] and figure["quality"]


def test_money_is_given_in_euros(plan, client):
    actions.record_fact(
        person=plan.people["city_it"],
        city=plan.cities["marelle"],
        measure="invested_cents",
        value=167_700_050,
        as_of=TODAY,
        source="Budget",
        quality="declared",
        now=NOW,
    )
    figures = {f["figure"]: f for f in client.get(JSON).json()["figures"]}
    spent, published = figures["dépense sans dire HT ou TTC"], figures["investi pour les écoles équipées"]
    assert (spent["value"], published["value"]) == (1_677_000, 1_677_000.5)
    assert {spent["unit"], published["unit"]} == {"euros"} and sum(p["value"] for p in spent["parts"]) == 1_677_000
    rows = list(csv.DictReader(io.StringIO(client.get(CSV).content.decode("utf-8-sig")), delimiter=";"))
    assert {row["valeur"] for row in rows if row["unité"] == "euros"} == {"1677000", "1677000.5"}


def test_nothing_written_answers_304_and_any_write_does_not(plan, client):
    tag = client.get(JSON).headers["ETag"]
    packed = client.get(JSON, headers={"Accept-Encoding": "gzip"}).headers["ETag"]
    assert packed == f"W/{tag}"
    for each in (tag, packed):
        assert client.get(JSON, headers={"If-None-Match": each}).status_code == 304
    remove_acceptance(person=None, acceptance=Acceptance.objects.first(), reason="Erreur.", now=NOW)
    assert client.get(JSON, headers={"If-None-Match": tag}).status_code == 200


def test_open_data_set_no_cookie_and_name_no_person(plan, client):
    response = client.get(JSON)
    assert not response.cookies and "Canari" not in response.content.decode()
    assert client.get("/donnees/plan.csv?ville=nulle-part").status_code == 404


def test_a_school_closed_keeps_its_past(plan):
    from preau.plan.equipment import queries

    school = School.objects.get(name="La Toupie")
    actions.close_school(person=None, school=school, last_day=datetime.date(TODAY.year - 2, 7, 1), now=NOW)
    found = queries.situation_of(School.objects.filter(city=school.city), TODAY)
    ends = {line.year: (line.equipped_by_end, line.open_schools) for line in found.years}
    assert ends[TODAY.year - 3] == (14, 47) and ends[TODAY.year - 2] == (18, 46)
    assert found.paid.only == 167700000  # money paid stays paid
    past = queries.situation_of(School.objects.filter(city=school.city), datetime.date(TODAY.year - 3, 12, 31))
    assert (len(past.equipped), len(past.schools)) == (14, 47)


@pytest.mark.parametrize("kind", ["json", "csv"])
def test_the_host_of_a_city_gives_its_figures_only(plan, client, settings, kind):
    """Each city answers for its own figures, under its own name."""
    settings.ALLOWED_HOSTS = ["*"]
    plan.cities["marelle"].host = "ecoles.marelle.example"
    plan.cities["marelle"].save()
    other = plan.schools["loin"].city
    assert other.name in client.get(f"/donnees/plan.{kind}").content.decode()
    here = client.get(f"/donnees/plan.{kind}", headers={"host": "ecoles.marelle.example"})
    assert plan.cities["marelle"].name in here.content.decode() and other.name not in here.content.decode()
    asked = client.get(f"/donnees/plan.{kind}?ville={other.slug}", headers={"host": "ecoles.marelle.example"})
    assert asked.status_code == 404
