"""A line that a table says and the plan does not is kept: its school reads « not known », never « nothing »."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from preau.kit.batches import batches_of
from preau.kit.digest import business_digest
from preau.places.models import School
from preau.plan.equipment.actions import record_fact, record_none_received
from preau.plan.equipment.models import LeftOut, Measure, Quality
from preau.plan.equipment.queries import situation_of, untold_schools
from preau.plan.governance.queries.dossier_state import coverage_data
from preau.plan.sheets.actions import plan
from tests.plan.conftest import NOW, TODAY
from tests.plan.previews import apply_sheet
from tests.texts import as_drawn

pytestmark = pytest.mark.django_db
HEADER = "École;Nature;Année;Classes équipées;Montant;HT/TTC"
TABLE = [
    "Le Pré;maternelle;2016;4;100;TTC",
    "Le Lac;élémentaire;2017;quatre;7.800;TTC",  # refused: the school itself comes by the next line
    "Le Lac;élémentaire;2018;;;",
    "Le Bois;élémentaire;2018;3;;",  # one of two lines that may be the same classes
    "Le Bois;élémentaire;2018;2;;",
    "Le Moulin;manoir;2018;3;;",  # nobody can tell its kind: no school
    "Le Gué;élémentaire;2019;;;",
]


@pytest.fixture
def city(world):
    """The schools it has before its first table are named by none of its lines."""
    return world.cities["marelle"]


def give(city, rows=TABLE, name="suivi.csv", answers=None):
    draft = plan.keep_draft(person=None, city=city, name=name, data="\n".join([HEADER, *rows]).encode(), now=NOW)
    if answers:
        plan.answer_questions(person=None, draft=draft, answers=answers, now=NOW)
        draft.refresh_from_db()
    return plan.apply_draft(person=None, draft=draft, now=NOW).batch


def said_of(city):
    states = situation_of(School.objects.filter(city=city), TODAY).schools
    return {state.name: state.state for state in states}


def waiting(city):
    return [(row.subject, row.line) for row in LeftOut.objects.open().filter(city=city).order_by("line", "subject")]


def test_a_school_whose_line_is_left_out_is_not_known_and_one_of_the_table_is_not_begun(city):
    before = business_digest()
    former = set(School.objects.filter(city=city).values_list("name", flat=True))
    batch = give(city)
    told = said_of(city)
    assert told["Le Pré"] == "done" and told["Le Gué"] == "none"
    assert told["Le Lac"] == "unknown" and told["Le Bois"] == "unknown"
    assert {told[name] for name in former} == {"unknown"}  # no table names them
    lines = [each for each in waiting(city) if each[1]]
    assert lines == [("Le Lac", 3), ("Le Bois", 5), ("Le Bois", 6), ("Le Moulin", 7)]
    row = LeftOut.objects.get(line=3)
    assert row.school.name == "Le Lac" and row.year == 2017 and "« 7.800 »" in row.reason.replace("\u00a0", " ")
    assert LeftOut.objects.get(line=7).school is None
    plan.undo_import(person=None, city=city, batch=batch, now=NOW)
    assert business_digest() == before and not LeftOut.objects.exists()


def test_the_plan_and_the_dossier_say_of_how_many_schools_nothing_is_known(city, client, world):
    give(city)
    states = list(said_of(city).values())
    covered = coverage_data(situation_of(School.objects.filter(city=city), TODAY))[-1]
    assert covered["untold"] == states.count("unknown") > 2 and covered["not_begun"] == 1
    assert sum(covered[name] for name in ("equipped", "partly", "not_begun", "untold")) == covered["schools"]
    page = world.sign_in(client, "city_it").get("/plan/").text
    page = as_drawn(page).replace("\u00a0", " ")
    assert f"Il en reste 1. Pour {covered['untold']} écoles, ce qui a été reçu est inconnu." in page


def test_what_is_left_out_is_told_with_its_reason_once_applied(city, client, world):
    world.sign_in(client, "city_it")
    sheet = SimpleUploadedFile("suivi.csv", "\n".join([HEADER, *TABLE, "La Cale;;2018;3;;"]).encode())
    preview = client.post("/plan/importer/", {"sheet": sheet}).headers["Location"]
    told = as_drawn(apply_sheet(client, preview)).replace("\u00a0", " ")
    said = re.search(r'<p class="toast"[^>]*>(5 lignes ne sont[^<]*)', told)[1]
    assert "Ligne 3, Classes équipées : « quatre »" in said and "Ligne 7, Nature : « manoir »" in said
    assert "Lignes 5 et 6 (2 lignes), À trancher : le tableau compte 3 et 2 classes" in said
    assert said.index("Ligne 3") < said.index("Lignes 5") < said.index("Ligne 7") < said.index("Ligne 9")


def test_a_later_table_takes_its_line_and_the_undoing_gives_it_back(city):
    give(city)
    left = waiting(city)
    batch = give(city, ["Le Lac;élémentaire;2017;4;7 800,00;TTC", "Le Lac;élémentaire;2021;2;;"], name="corrigé.csv")
    assert said_of(city)["Le Lac"] == "done" and ("Le Lac", 3) not in waiting(city) and len(waiting(city)) < len(left)
    plan.undo_import(person=None, city=city, batch=batch, now=NOW)
    assert waiting(city) == left and said_of(city)["Le Lac"] == "unknown"


def test_a_table_of_another_year_takes_nothing_of_it(city):
    give(city)
    give(city, ["Le Lac;élémentaire;2021;;50;TTC"], name="2021.csv")
    assert ("Le Lac", 3) in waiting(city) and said_of(city)["Le Lac"] == "unknown"


def test_what_a_person_chose_is_no_line_left_out_and_schools_absent_later_stay_as_they_were(city):
    give(city, ["Le Pré;maternelle;2016;4;;"])
    absent = waiting(city)
    classes = {"classes:2:3": "alike"}
    give(city, ["Le Bois;élémentaire;2018;3;;", "Le Bois;élémentaire;2018;2;;"], name="bois.csv", answers=classes)
    assert waiting(city) == absent and said_of(city)["Le Bois"] == "done"
    assert said_of(city)["Le Pré"] == "done"


def test_the_import_page_lists_them_and_the_school_says_it(city, client, world):
    give(city)
    world.sign_in(client, "city_it")
    page = as_drawn(client.get("/plan/importer/").text)
    assert "suivi.csv, ligne 3" in page and "<b>Le Moulin</b>" in page
    absent = [str(school.pk) for school in untold_schools(city, TODAY)]
    said = f"De {len(absent)} écoles, ni un tableau ni personne ne dit ce qui a été reçu."
    assert said in page.replace("\u00a0", " ")
    page = client.get("/plan/ecoles/rien-recu/").text
    assert sorted(re.findall(r'name="schools" value="([\w-]+)"', page)) == sorted(absent)
    school = School.objects.get(name="Le Lac")
    assert "La ligne de votre tableau n’a pas été reprise" in as_drawn(client.get(f"/plan/ecoles/{school.pk}/").text)
    world.sign_in(client, "dsden")
    read = as_drawn(client.get(f"/plan/ecoles/{school.pk}/").text)
    assert "inconnu" in read and "La ligne du tableau de la Ville n’a pas été reprise" in read and "7.800" not in read


def test_a_person_settles_it_and_the_school_reads_as_nothing_received(city, client, world):
    batch = give(city)
    world.sign_in(client, "city_it")
    settle = reverse("sheets:import_settling")
    assert "cochez au moins une ligne" in client.post(settle, {"ligne": ["no such id"]}, follow=True).text
    row = LeftOut.objects.get(line=3)
    assert "1 ligne n’attend plus" in client.post(settle, {"ligne": [row.pk]}, follow=True).text.replace("\u00a0", " ")
    assert said_of(city)["Le Lac"] == "none"
    world.sign_in(client, "elected")
    others = list(LeftOut.objects.open().values_list("pk", flat=True))
    assert client.post(settle, {"ligne": others}).status_code == 403
    assert LeftOut.objects.open().count() == len(others)
    plan.undo_import(person=None, city=city, batch=batch, now=NOW)  # a line settled by hand keeps nobody from it
    assert not batches_of(plan.scope_of(city=city), plan.KIND).filter(undone_at=None).exists()


def test_the_home_of_who_writes_the_plan_leads_to_what_is_missing(city, client, world, django_assert_max_num_queries):
    def home(name):
        world.sign_in(client, name)
        with django_assert_max_num_queries(10):
            page = client.get("/aujourdhui/").text
        return as_drawn(page).replace("\u00a0", " ")

    count = School.objects.filter(city=city).count()
    for name in ("city_it", "city_education"):
        page = home(name)
        assert "/plan/importer/?ville=" in page and "Aucune classe reçue n’est enregistrée" in page
        assert f"{count} écoles sur {count} sans leurs classes de l’année" in page and "/plan/rentrees/2026/" in page
        assert "Rien à faire pour vous dans le plan" not in page
    assert "/plan/importer/" not in home("elected")
    give(city)
    page = home("city_it")
    assert "#ecartees" in page and "Importer le tableau de la Ville" not in page
    LeftOut.objects.update(settled_at=NOW)
    assert "/plan/ecoles/rien-recu/" in home("city_it")
    others = list(untold_schools(city, TODAY))
    assert record_none_received(person=None, city=city, schools=others, source="essai", now=NOW) == len(others) > 0
    for school in School.objects.filter(city=city):
        record_fact(
            person=None,
            city=city,
            school=school,
            measure=Measure.CLASSES,
            value=5,
            as_of=TODAY,
            source="essai",
            quality=Quality.DECLARED,
            now=NOW,
        )
    assert "Ce que Préau ne sait pas encore" not in home("city_it")
