"""The national directory of schools as it is exported: of all it names, a city's own public schools are taken."""

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from preau.kit.tables import TableRefused
from preau.places.models import City, School
from preau.plan.sheets.actions import plan as actions
from tests.plan.conftest import NOW

HEADER = (
    "Identifiant_de_l_etablissement;Nom_etablissement;Type_etablissement;Statut_public_prive;Adresse_1;Adresse_2;"
    "Code_postal;Nom_commune;Ecole_maternelle;Ecole_elementaire;Telephone;Mail;latitude;longitude;libelle_nature;etat"
)
TWINS, PRIMARY = ("École La Hodeyère", "École La Hodeyère"), "École Jean Guéhenno"
ROWS = (
    "0350970A;Ecole maternelle publique La Hodeyère;Ecole;Public;2 rue du Lavoir;;35500;Vitré;1;0;02 99 75 11 11;"
    "hodeyere@ecoles.example;48.1231;-1.2109;ECOLE MATERNELLE;OUVERT",
    "0350971B;Ecole élémentaire publique La Hodeyère;Ecole;Public;4 rue du Lavoir;;35500;Vitré;0;1;;;;;ECOLE DE NIVEAU "
    "ELEMENTAIRE;OUVERT",
    "0350972C;Ecole primaire Jean Guéhenno;Ecole;Public;10 boulevard du Nord;;35500;Vitré;1;1;;;48.11;-1.21;ECOLE DE "
    "NIVEAU ELEMENTAIRE;OUVERT",
    "0350973D;Ecole primaire privée Sainte-Anne;Ecole;Privé;5 rue Basse;;35500;Vitré;1;1;;;;;ECOLE PRIMAIRE;OUVERT",
    "0350974E;Collège du Nord;Collège;Public;1 place Haute;;35500;Vitré;0;0;;;;;COLLEGE;OUVERT",
    "0350975F;Ecole primaire du Bourg;Ecole;Public;1 place Haute;;35500;Étrelles;1;1;;;;;ECOLE PRIMAIRE;OUVERT",
    "0350976G;Ecole primaire des Halles;Ecole;Public;1 place Haute;;35500;Vitré;1;1;;;;;ECOLE PRIMAIRE;FERME",
)


@pytest.fixture
def city(world):
    return City.objects.create(name="Vitré", slug="vitre", department=world.departments["vienne"])


def given(city, rows=ROWS, person=None):
    data = "\n".join((HEADER, *rows)).encode()
    return actions.keep_draft(person=person, city=city, name="annuaire.csv", data=data, now=NOW)


def test_its_public_schools_alone_are_added_with_where_they_are_and_how_to_reach_them(city):
    draft = given(city)
    applied = actions.apply_draft(person=None, draft=draft, now=NOW)
    assert (draft.reading["others_count"], draft.reading["unread"], applied.comparison.problems) == (4, [], [])
    nursery, elementary, primary = School.objects.filter(city=city).order_by("uai")
    assert (nursery.name, elementary.name, primary.name) == (*TWINS, PRIMARY)
    assert [each.kind for each in (nursery, elementary, primary)] == ["nursery", "elementary", "primary"]
    assert (nursery.address, nursery.postcode, nursery.phone) == ("2 rue du Lavoir", "35500", "02 99 75 11 11")
    assert (nursery.email, nursery.contact_as_of) == ("hodeyere@ecoles.example", localdate(NOW))
    assert nursery.contact_source == "annuaire.csv, ligne 2" and str(primary.latitude) == "48.11000"
    assert str(nursery) != str(elementary)  # told apart by their kind


def test_a_first_zero_that_a_spreadsheet_took_away_comes_back(city):
    """The letter of the UAI says so; one that it contradicts is asked about."""
    rows = [ROWS[0].replace("0350970A", uai).replace("02 99 75 11 11", "299751111") for uai in ("350970P", "350970A")]
    applied = actions.apply_draft(person=None, draft=given(city, rows), now=NOW)
    assert [problem.reason.split(".")[0] for problem in applied.comparison.problems] == [
        "«\u00a0350970A\u00a0» n’a pas la forme d’un UAI"
    ]
    school = School.objects.get(city=city)
    assert (school.uai, school.phone) == ("0350970P", "02 99 75 11 11")


@pytest.mark.parametrize(
    "written, kept", [("1000", "01000"), ("1 000", ""), ("35 500", "35500"), ("35500 Vitré", "35500"), ("s.o.", "")]
)
def test_a_postcode_is_five_figures_its_first_zero_given_back(city, written, kept):
    draft = given(city, [ROWS[0].replace("35500", written)])
    applied = actions.apply_draft(person=None, draft=draft, now=NOW)
    assert [school.postcode for school in School.objects.filter(city=city)] == ([kept] if kept else [])
    assert [problem.column for problem in applied.comparison.problems] == ([] if kept else ["Code postal"])


def test_what_is_known_of_a_school_is_kept_and_what_is_not_is_taken(city):
    actions.apply_draft(person=None, draft=given(city), now=NOW)
    known = School.objects.get(uai="0350970A")
    School.objects.filter(pk=known.pk).update(phone="02 00 00 00 00", email="")
    applied = actions.apply_draft(person=None, draft=given(city), now=NOW)
    known.refresh_from_db()
    assert (known.phone, known.email) == ("02 00 00 00 00", "hodeyere@ecoles.example")
    assert [difference.words for difference in applied.comparison.changes] == [["contact noté"]]
    actions.undo_import(person=None, city=city, batch=applied.batch, now=NOW)
    known.refresh_from_db()
    assert known.email == ""


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("ECOLE MATERNELLE L'ILE AUX ENFANTS", "École L’Ile aux Enfants"),
        ("ECOLE ELEMENTAIRE PUBLIQUE JEAN XXIII", "École Jean XXIII"),
        ("ECOLE PRIMAIRE J.-J. ROUSSEAU", "École J.-J. Rousseau"),
        ("ECOLE PRIMAIRE DU RPI DE LA VALLEE", "École du RPI de la Vallee"),
        ("Ecole primaire La Fée d'Argent", "École La Fée d'Argent"),
    ],
)
def test_a_name_all_in_capitals_is_written_as_a_school_s(city, written, kept):
    actions.apply_draft(
        person=None, draft=given(city, [ROWS[2].replace("Ecole primaire Jean Guéhenno", written)]), now=NOW
    )
    assert School.objects.get(city=city).name == kept


def test_a_directory_of_elsewhere_and_an_address_that_is_none_are_said(city):
    with pytest.raises(TableRefused, match="aucune école publique de Vitré"):
        given(city, ROWS[5:6])
    (problem,) = given(city, [ROWS[0].replace("hodeyere@", "hodeyere")]).problems
    assert problem["line"] == 2 and "n’est pas une adresse de courriel" in problem["reason"]


def test_a_list_of_schools_and_their_kinds_is_a_table(city):
    data = "École;Nature\nLe Pré;maternelle\n".encode()
    draft = actions.keep_draft(person=None, city=city, name="ecoles.csv", data=data, now=NOW)
    actions.apply_draft(person=None, draft=draft, now=NOW)
    assert School.objects.get(city=city).kind == "nursery"


def test_the_page_says_where_a_list_is_found_and_what_it_did_not_take(world, client):
    world.sign_in(client, "city_it")
    city = world.cities["marelle"]
    start = client.get(f"{reverse('sheets:import_new')}?ville={city.slug}").content.decode()
    assert "fr-en-annuaire-education" in start
    draft = given(city, [row.replace("Vitré", "Marelle") for row in ROWS])
    page = client.get(reverse("sheets:import_preview", args=[draft.pk])).content.decode()
    assert "4\u00a0autres établissements" in page
