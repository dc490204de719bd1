"""Unknown is not zero: what nobody attributed to a school reads « inconnu », on each page, table and dossier."""

import html
import json
import re
from datetime import timedelta

import pytest
from django.urls import reverse

from preau.demo.plan_world import build_poitiers
from preau.places.models import School
from preau.plan.desk import queries as desk
from preau.plan.equipment import actions, queries
from preau.plan.equipment.models import Measure, StandardKit
from preau.plan.governance.queries.dossier import dossier_data
from preau.plan.rollouts.actions import record_acceptance
from tests.kept import kept
from tests.plan.conftest import NOW, TODAY
from tests.plan.governance.conftest import Stage
from tests.texts import as_drawn

UNTOLD = "inconnu"


@pytest.fixture
def poitiers(plan):
    """Totals published without names, beside a city that records everything."""
    found_poitiers(plan)
    return plan.cities["ailleurs"]


@kept
def found_poitiers(world):
    build_poitiers(city=world.cities["ailleurs"], person=None, now=NOW)


def overview(city, **more):
    return queries.overview_of(city, School.objects.filter(city=city), TODAY, **more)


def read(client, path):
    return html.unescape(as_drawn(client.get(path).text)).replace("\u00a0", " ")


@pytest.mark.long
def test_the_schools_of_poitiers_are_not_said_without_equipment(plan, client, poitiers):
    plan.sign_in(client, "city_education_far")
    page = read(client, "/plan/ecoles/")
    assert "0 école équipée" not in page and "école par école" in page and "pas encore</span>" not in page
    assert ">0 €<" not in page and ">0, total" not in page and page.count(UNTOLD) > 100
    # What is published of them all stands beside, with its source.
    for text in ("23 écoles", "161 classes", "1 677 000,00 €", "Source : Diaporama de la Ville de Poitiers"):
        assert text in page, text
    assert "Aucune école" in read(client, "/plan/ecoles/?etat=attente")
    school = School.objects.filter(city=poitiers, name="Montmidi", kind="elementary").get()
    for address in (f"/plan/ecoles/{school.pk}/", f"/plan/ecoles/{school.pk}/histoire/"):
        told = read(client, address).split("<main")[1]
        assert "pas encore" not in told.split("</dl>")[0] and UNTOLD in told.split("</dl>")[0], address


@pytest.mark.parametrize("path", ["/plan/ecoles.csv", "/pilotage/ecoles.csv", "/plan/tableau.csv"])
def test_its_tables_hold_no_zero(plan, client, poitiers, path):
    lines = plan.sign_in(client, "city_education_far").get(path).content.decode("utf-8-sig").splitlines()
    line = next(line for line in lines if line.startswith("Montmidi;"))
    cells = line.split(";")
    assert UNTOLD in line and not {"0", "0,0", "0.0", "0,00", "non", "pas encore"} & set(cells), line


def test_the_board_tells_what_it_does_not_know(plan, client, poitiers):
    page = read(plan.sign_in(client, "city_education_far"), "/plan/tableau/")
    assert "équipement inconnu" in page.lower() and "Pas encore : " not in page


def test_its_open_data_say_what_is_published_and_derive_nothing(plan, client, poitiers):
    figures = json.loads(client.get(f"/donnees/plan.json?ville={poitiers.slug}").content)["figures"]
    told = {figure["figure"]: figure["value"] for figure in figures}
    assert told["écoles équipées"] == 23 and told["investi pour les écoles équipées"] == 1677000
    assert 0 not in told.values() and "écoles à niveau" not in told and "dépense" not in told


def test_an_inspector_reads_unknown_beside_what_is_published_with_its_source(plan, client, poitiers):
    """Her schools are some of the 44: the 23 are nobody's here."""
    School.objects.filter(city=poitiers, name="Montmidi", kind="elementary").update(district=plan.districts["north"])
    page = read(plan.sign_in(client, "ien"), f"/plan/?ville={poitiers.slug}")
    figures = page.split('class="three"')[1].split("</section>")[0]
    assert figures.count(f'<b class="untold">{UNTOLD} école par école</b>') == 3 and "sur 1" in figures
    for text in ("toute la ville : 23 écoles", "161 classes", "1 677 000,00 €", "Diaporama de la Ville de Poitiers"):
        assert text in figures, text
    assert "<b>0</b>" not in figures and "<b>23</b>" not in figures


def test_a_district_that_received_nothing_in_a_city_that_records_is_a_true_zero(plan):
    waiting = School.objects.filter(city=plan.cities["marelle"], name="Le Pantin")
    found = queries.overview_of(plan.cities["marelle"], waiting, TODAY, is_part=True)
    assert (found.equipped_count, found.remaining_count, found.beside) == (0, 1, ())


def test_a_city_that_has_written_nothing_counts_nothing(plan, client):
    city = plan.cities["ailleurs"]
    found = overview(city)
    assert (found.equipped_count, found.classes_count, found.percent_equipped, found.averages) == (None, None, None, ())
    assert found.investment is None and not found.paid
    plan.sign_in(client, "city_education_far")
    for path in ("/plan/", "/pilotage/"):
        page = read(client, path)
        assert "<b>0</b>" not in page and "0 €" not in page and UNTOLD in page, path
    marked = queries.marked(type(city).objects.filter(pk=city.pk)).get()
    assert [figure.figure for figure in desk.open_figures(marked, TODAY)] == ["écoles ouvertes"]


@pytest.mark.parametrize("is_published", [True, False])
def test_the_dossier_says_what_is_published_or_that_nothing_is(plan, is_published):
    city = plan.cities["ailleurs"]
    if is_published:
        build_poitiers(city=city, person=None, now=NOW)
    committee = _copil(plan, city)
    stage = Stage(plan, committee, committee)
    session = stage.session("planned")
    said = [
        (f["value"].replace("\u00a0", " "), f["label"], f["origin"])
        for f in dossier_data(session, "members", NOW)["figures"]
    ]
    if is_published:
        assert [value for value, *_ in said] == ["23", "161", "1 677 000 €"]
        assert said[2][1:] == ("investis pour les écoles équipées", "publié, diaporama 2018")
    else:
        assert {(value, origin) for value, _, origin in said} == {(UNTOLD, "rien n’est enregistré")}


def _copil(plan, city):
    from preau.plan.governance import actions as governance

    plan.people["city_education"] = plan.people["city_education_far"]
    copil, _ = governance.open_committees(
        person=plan.people["city_education"], city=city, opened_on=TODAY.replace(year=TODAY.year - 2), now=NOW
    )
    return copil


def said_of_the_others(city):
    others = list(queries.untold_schools(city, TODAY))
    return actions.record_none_received(person=None, city=city, schools=others, source="Recensement", now=NOW)


def receive_one(poitiers):
    school = School.objects.filter(city=poitiers, name="Montmidi", kind="elementary").get()
    actions.publish_kit_version(
        person=None,
        city=poitiers,
        school_kind=school.kind,
        source="x",
        published_on=TODAY,
        now=NOW,
        lines=actions.deck_lines(school_kind=school.kind),
    )
    kit = queries.kit_in_force(school, TODAY)[0]
    record_acceptance(person=None, school=school, label="CP", kit=kit, accepted_on=TODAY, source="PV", now=NOW)
    return school


def count_classes(school, value=2):
    known = {"city": school.city, "year": queries.year_of(TODAY), "source": "Enquête", "quality": "declared"}
    actions.record_school_figures(person=None, values={school: {Measure.CLASSES: value}}, now=NOW, **known)


def test_once_a_class_is_received_it_is_counted_and_what_was_published_stands_beside(plan, poitiers):
    count_classes(receive_one(poitiers))
    found = overview(poitiers)
    assert found.is_derived and (found.equipped_count, found.classes_count) == (0, 1)
    assert {gap.label: gap.published.value for gap in found.gaps}["écoles équipées"] == 23


def test_a_school_without_a_kit_leads_to_it_before_a_class_is_received(plan, client):
    school = plan.schools["tilleuls"]
    page, way = f"/plan/ecoles/{school.pk}/", reverse("priorities:kit_list")
    StandardKit.objects.filter(school_kind=school.kind).delete()
    lead = as_drawn(plan.sign_in(client, "city_it").get(page).text).partition("Les classes reçues")[2]
    assert f'href="{way}?ville={school.city.slug}">équipement type</a>' in lead
    lead = plan.sign_in(client, "elected").get(page).text.partition("Les classes reçues")[2]
    assert "équipement type</a>" not in lead


FIGURES = ("écoles équipées", "maternelles équipées", "écoles à niveau", "écoles dont l’équipement est inconnu")


def test_what_one_school_received_says_nothing_of_the_others(plan, client, poitiers):
    """On each page, table and file, until somebody says that they received nothing; taken back, they are unknown."""
    school = receive_one(poitiers)
    count_classes(school)
    count = School.objects.filter(city=poitiers).count()
    found = overview(poitiers)
    assert (found.schools_count, found.unsettled_count, found.percent_equipped) == (1, count - 1, None)
    assert found.remaining_count == 1 and found.situation.remaining[0].id == school.pk
    plan.sign_in(client, "city_education_far")
    home, listed, steering = (read(client, path) for path in ("/plan/", "/plan/ecoles/", "/pilotage/"))
    assert f"sur 1 dont l’équipement est connu, ce qui a été reçu est inconnu pour {count - 1} autres" in home
    assert "le nombre de classes est inconnu pour" not in home
    assert "Il en reste 1." in home and f"Pour {count - 1} écoles, ce qui a été reçu est inconnu." in home
    assert "Aucune dépense ni aucun montant publié" in home and "Aucune réception ni" not in home
    assert "0 école équipée sur 1" in listed and listed.count(">inconnu<") >= 49
    assert "Aucune école n’est encore comptée équipée." in steering and "équipée sur 1, inconnu pour" in steering
    assert "0 équipée," not in steering, "of a kind that nobody tells, no zero"
    left_out = f"on ne le sait pas de {count - 1} écoles : ce tableau ne compte que les autres"
    assert left_out in home and left_out in steering
    for path in ("/plan/ecoles.csv", "/pilotage/ecoles.csv", "/plan/tableau.csv"):
        lines = client.get(path).content.decode("utf-8-sig").splitlines()
        assert sum(UNTOLD in line for line in lines) >= count - 1, path
    figures = json.loads(client.get(f"/donnees/plan.json?ville={poitiers.slug}").content)["figures"]
    told = {figure["figure"]: figure["value"] for figure in figures if "Préau" in figure["source"]}
    assert [told.get(name) for name in FIGURES] == [None, None, None, count - 1], told
    assert said_of_the_others(poitiers) == count - 1 and said_of_the_others(poitiers) == 0
    found = overview(poitiers)
    assert (found.schools_count, found.unsettled_count, found.percent_equipped) == (count, 0, 0)
    other = School.objects.filter(city=poitiers).exclude(pk=school.pk).first()
    actions.withdraw_fact(person=None, fact=other.facts.get(measure=Measure.NONE_RECEIVED), now=NOW)
    assert [state.id for state in overview(poitiers).situation.untold] == [other.pk]


def test_a_school_of_which_all_was_received_is_not_counted_as_waiting_until_its_classes_are_counted(
    plan, client, poitiers
):
    school = receive_one(poitiers)
    said_of_the_others(poitiers)
    found, count = overview(poitiers), School.objects.filter(city=poitiers).count()
    assert (found.schools_count, found.unsettled_count, found.remaining_count) == (count - 1, 1, count - 1)
    assert school.pk not in {state.id for state in found.situation.remaining} and found.percent_equipped is None
    plan.sign_in(client, "city_education_far")
    year = queries.year_of(TODAY)
    write = f'href="/plan/ecoles/{school.pk}/rentrees/{year}/">Écrire ce nombre'
    assert write in read(client, f"/plan/ecoles/{school.pk}/")
    listed = read(client, "/plan/ecoles/?etat=inconnu")
    known = f"sur {count - 1} dont l’équipement est connu, le nombre de classes est inconnu pour 1 autre"
    home = read(client, "/plan/")
    assert known in home and "ce qui a été reçu est inconnu" not in home
    assert "nombre de classes inconnu</span>" in listed and f"/plan/rentrees/{year}/?ville=" in listed
    assert str(school.pk) not in read(client, "/plan/ecoles/?etat=attente")
    rows = desk.board_of(found.situation.schools, (), ())
    (row,) = [row for row in rows if row.school.id == school.pk]
    assert (row.stage, row.holder) == ("uncounted", "Direction Éducation")
    count_classes(school, 1)
    found = overview(poitiers)
    assert (found.equipped_count, found.schools_count, found.unsettled_count) == (1, count, 0)


def test_the_city_says_on_one_page_which_schools_received_nothing(plan, client, poitiers):
    receive_one(poitiers)
    some = list(queries.untold_schools(poitiers, TODAY)[:3])
    plan.sign_in(client, "city_education_far")
    assert "/plan/ecoles/rien-recu/?ville=" in read(client, "/plan/ecoles/")
    page = f"/plan/ecoles/rien-recu/?ville={poitiers.slug}"
    assert f"{page}&ecole={some[0].pk}" in read(client, f"/plan/ecoles/{some[0].pk}/")
    assert read(client, f"{page}&ecole={some[0].pk}").count("checked") == 1
    assert "checked" not in read(client, page)  # who does not know says nothing by pressing the button
    assert client.post(page, {"nothing": "ticked"}).status_code == 422
    ahead = {"schools": [some[0].pk], "as_of": TODAY + timedelta(days=1)}
    assert "pas encore passé" in client.post(page, ahead).text
    said = client.post(page, {"schools": [each.pk for each in some], "as_of": TODAY}, follow=True).text
    assert "3 écoles se lisent maintenant" in said
    states = {state.id: state.state for state in overview(poitiers).situation.schools}
    assert {states[school.pk] for school in some} == {"none"}
    others = {school.pk for school in queries.untold_schools(poitiers, TODAY)}
    assert others and not {school.pk for school in some} & others
    said = client.post(page, {"every": "on", "as_of": TODAY}, follow=True).text
    assert f"{len(others)} écoles se lisent maintenant" in said
    assert not queries.untold_schools(poitiers, TODAY)
    plan.sign_in(client, "elected")
    assert client.get("/plan/ecoles/rien-recu/").status_code == 403


def test_a_school_whose_number_of_classes_nobody_wrote_is_not_said_behind(plan, client, poitiers):
    """Every class it has may have been received: « en partie » and « non » would be said without knowing."""
    school = receive_one(poitiers)
    plan.sign_in(client, "city_education_far")
    pages = [f"/plan/ecoles/{school.pk}/", f"/plan/ecoles/{school.pk}/histoire/"]
    for told in (read(client, page) for page in pages):
        assert "nombre de classes inconnu : 1 classe reçue" in told and "non : 1 classe" not in told
        assert "en partie" not in told.split("<main")[1].split("</dl>")[0]
    assert "Nombre de classes inconnu pour 1 école qui en a reçu" in read(client, "/plan/")
    assert "0 école est à niveau" not in read(client, "/plan/")
    steering = read(client, "/pilotage/")
    assert "Aucune école n’est encore comptée équipée." in steering
    assert int(re.search(r'class="chart" viewBox="0 0 (\d+) 206"', steering)[1]) > 480, (
        "one year, not drawn as a poster"
    )
    for table in ("/plan/ecoles.csv", "/pilotage/ecoles.csv"):
        assert "nombre de classes inconnu" in client.get(table).content.decode("utf-8-sig"), table
    count_classes(school)
    said_of_the_others(poitiers)
    told = read(client, pages[0])
    assert "en partie : 1 classe reçue" in told and "non : 1 classe a le kit" in told
    assert "encore entièrement équipée" in read(client, "/pilotage/")
