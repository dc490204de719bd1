"""A table with its own words: columns said by hand, its total beside what is read, nothing taken in silence."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command

from preau.journal.models import Entry
from preau.kit.digest import business_digest
from preau.kit.sheets import told_once
from preau.kit.tables import TableProblem
from preau.places.models import School
from preau.plan.equipment.models import Acceptance, Expense, Fact
from preau.plan.inventory.models import Asset
from preau.plan.sheets.actions import assets, plan
from preau.plan.sheets.models import AssetDraft, ColumnTitle, PlanDraft
from preau.plan.sheets.queries import plan_lines_of, totals_of
from preau.privacy.actions.retention import clocks
from tests.plan.conftest import NOW, TODAY
from tests.plan.previews import apply_sheet
from tests.plan.test_imports import csv_of, run

ODD = (
    "Suivi des achats;;;;\r\n;;;;\r\nGroupe scolaire;Sorte;Millésime;Postes posés;Facturé\r\n"
    "Le Pré;maternelle;2016;4;41 000,50\r\nLe Lac;élémentaire;2017;7;12.500,00\r\nTOTAL;;;11;53 500,50\r\n"
)


@pytest.fixture
def city(world):
    School.objects.filter(city=world.cities["marelle"]).update(closed_on=TODAY.replace(year=2010))
    return world.cities["marelle"]


def kept(city, text, person=None, name="plan.csv"):
    return plan.keep_draft(person=person, city=city, name=name, data=text.encode(), now=NOW)


def give(client, text, name="plan.csv", address="/plan/importer/"):
    return client.post(address, {"sheet": SimpleUploadedFile(name, text.encode())}).headers["Location"]


def places(page_post):
    return {f"c{place}": field for place, field in enumerate(page_post)}


@pytest.mark.parametrize("title", ["Classes", "Nombre de classes", "nb classes"])
def test_a_column_of_classes_is_never_taken_for_equipped_ones(city, title):
    draft = kept(city, f"École;Nature;Année;{title}\nLe Pré;maternelle;2016;4\n")
    assert "celles qui sont équipées" in draft.reading["missing"]


def test_the_classes_of_a_school_are_a_fact_of_their_own(city):
    run(city, "École;Nature;Classes de l’école\nLe Pré;maternelle;4\n".encode())
    assert not Acceptance.objects.exists() and Fact.objects.get().value == 4


@pytest.mark.parametrize("title", ["TVA", "Taxe"])
def test_a_rate_is_not_read_as_a_regime(city, title):
    draft = kept(city, f"École;Nature;Année;Montant;{title}\nLe Pré;maternelle;2016;100;20 %\n")
    assert draft.reading["unread"] == [title] and not draft.problems


def test_columns_are_said_at_once_and_kept_for_the_next_table(city, world, client):
    world.sign_in(client, "city_it")
    address = give(client, ODD)
    assert address.endswith("/colonnes/")
    page = client.get(address).text.replace("&nbsp;", "\u00a0")
    assert "Aucune colonne ne nomme les écoles." in page and "Groupe scolaire" in page and "41 000,50" in page
    twice = client.post(address, places(["school", "school", "year", "equipped", "amount"]))
    assert twice.status_code == 422 and "Une autre colonne le dit déjà" in twice.text
    without = client.post(address, places(["-", "kind", "year", "equipped", "amount"]))
    assert without.status_code == 422 and "Aucune colonne ne nomme les écoles." in without.text
    preview = client.post(address, places(["school", "kind", "year", "equipped", "amount"])).headers["Location"]
    page = client.get(preview).text.replace("&nbsp;", "\u00a0")
    assert "école ajoutée, 4 classes de plus en 2016" in page and "Les colonnes sont nommées à la ligne 3." in page
    apply_sheet(client, preview)
    assert Acceptance.objects.count() == 11 and Expense.objects.count() == 2
    assert PlanDraft.objects.get().table == {}  # its other columns are not kept once it is applied
    assert Entry.objects.filter(verb="columns_named").count() == 1
    again = kept(city, ODD.replace("2017;7;", "2017;8;"))
    assert not again.reading["missing"] and [line["equipped"] for line in again.lines] == [4, 8]


def test_another_line_may_name_the_columns(city, world, client):
    world.sign_in(client, "city_it")
    address = give(client, "Un;Deux;Trois;Quatre\nÉcole;x;y;z\nLe Pré;maternelle;2016;4\n")
    client.post(address, {"ligne": "2", "deplacer": "1"})
    draft = PlanDraft.objects.get()
    assert draft.reading["line"] == 2 and draft.columns == {"school": 0}


def test_the_words_of_a_city_are_its_own(city, world):
    draft = kept(city, ODD)
    plan.name_columns(person=None, draft=draft, line=3, columns={"school": 0, "equipped": 3, "year": 2}, now=NOW)
    assert set(ColumnTitle.objects.values_list("city", flat=True)) == {city.pk}
    other = next(each for key, each in world.cities.items() if key != "marelle")
    assert kept(other, ODD).reading["missing"]


def test_an_inventory_says_its_columns_the_same_way(city, world, client):
    world.sign_in(client, "city_it")
    sheet = "Liste du matériel;;\nChose;Sorte;Où\nÉcran A;vidéoprojecteur;Réserve\nTotal;;\n"
    address = give(client, sheet, address="/plan/inventaire/importer/")
    preview = client.post(address, places(["label", "kind", "school"])).headers["Location"]
    apply_sheet(client, preview)
    assert [asset.label for asset in Asset.objects.all()] == ["Écran A"]
    assert not AssetDraft.objects.filter(city=city, batch=None).exists()
    assert not assets.keep_draft(person=None, city=city, name="b.csv", data=sheet.encode(), now=NOW).reading["missing"]


def told(city, rows, header="École;Nature;Année;Classes équipées;Montant;HT/TTC"):
    draft = kept(city, "\n".join([header, *rows]))
    comparison = plan.compare_draft(draft=draft, now=NOW)
    return totals_of(draft.reading, plan_lines_of(draft), comparison.left), comparison


@pytest.mark.parametrize("words", ["TOTAL", "Total général", "Totaux", "total 2016"])
def test_the_total_read_stands_beside_the_table_s_own_with_the_gap(city, words):
    totals, comparison = told(
        city,
        [
            "Le Pré;maternelle;2016;4;100,50;TTC",
            "Le Lac;élémentaire;2016;7;7.800;TTC",
            f"{words};;;11;7 900,50;",
        ],
    )
    assert [problem.line for problem in comparison.problems] == [3]  # « 7.800 » reads two ways: asked
    equipped, amount = totals.lines[0].columns
    assert (equipped.said, equipped.read, equipped.gap) == ("11\u00a0classes", "4\u00a0classes", "−7\u00a0classes")
    assert (amount.said, amount.read, amount.gap) == (
        "7\u00a0900,50\u00a0€",
        "100,50\u00a0€",
        "−7\u00a0800\u00a0€",
    )
    assert (
        str(totals.paid) == "100,50\u00a0€\u00a0TTC" and not School.objects.filter(name__istartswith="total").exists()
    )


def test_each_subtotal_is_compared_with_its_part_and_a_mixed_column_says_so(city):
    totals, _ = told(
        city,
        [
            "Le Pré;maternelle;2016;1;100;TTC",
            "Sous-total;;;1;100;",
            "Le Lac;élémentaire;2016;2;50;HT",
            "Sous-total;;;3;50;",
            "TOTAL;;;3;150;",
        ],
    )
    gaps = [[column.gap for column in line.columns] for line in totals.lines]
    assert gaps == [["", ""], ["−1\u00a0classe", ""], ["", ""]]
    assert [line.columns[1].is_mixed for line in totals.lines] == [False, False, True]
    assert totals.words == "2\u00a0écoles, 3\u00a0classes équipées, 100,00\u00a0€\u00a0TTC et 50,00\u00a0€\u00a0HT"


def test_a_total_of_one_year_is_compared_with_that_year(city):
    totals, _ = told(
        city,
        [
            "Le Pré;maternelle;2016;1;100;TTC",
            "Total 2016;;;1;100;",
            "Le Lac;élémentaire;2017;2;50;TTC",
            "Total 2017;;;2;50;",
            "TOTAL;;;3;150;",
        ],
    )
    assert [[column.gap for column in line.columns] for line in totals.lines] == [["", ""]] * 3


def test_the_total_is_of_what_is_taken_while_questions_wait(city):
    """The same invoice twice: one is taken, the classes of neither."""
    totals, _ = told(city, ["Le Pré;maternelle;2016;4;100;TTC", "Le Pré;maternelle;2016;3;100;TTC", "TOTAL;;;7;200;"])
    assert totals.words == "1\u00a0école, 100,00\u00a0€\u00a0TTC"
    assert [column.gap for column in totals.lines[0].columns] == ["−7\u00a0classes", "−100\u00a0€"]


def test_a_line_that_starts_with_total_in_another_column_is_no_school(city):
    totals, comparison = told(
        city, [";Le Pré;maternelle;2016;4", "TOTAL;;;;5"], header="N°;École;Nature;Année;Classes équipées"
    )
    assert not comparison.problems and totals.lines[0].columns[0].gap == "−1\u00a0classe"


def test_identical_problems_are_told_once_with_their_lines(city, world, client):
    rows = [("Neuve", "", "", "2016", "3", "", "", "")] * 12
    world.sign_in(client, "city_it")
    page = client.get(give(client, csv_of(rows).decode())).text.replace("&nbsp;", "\u00a0")
    assert page.count("école nouvelle sans nature") == 1
    assert "Lignes 2, 3, 4, 5, 6, 7, 8, 9, 10 et 11… (12 lignes), Nature" in page
    same = [TableProblem("a", 4, "UAI", "x"), TableProblem("a", 9, "UAI", "x"), TableProblem("a", 5, "UAI", "y")]
    assert [each.where for each in told_once(same)] == ["Lignes 4 et 9 (2 lignes)", "Ligne 5"]


def test_a_dry_run_writes_nothing_at_all(city, tmp_path):
    path = tmp_path / "plan.csv"
    path.write_bytes(csv_of([("Le Pré", "", "maternelle", "2016", "4", "", "", "")]))
    waiting = kept(city, "École;Nature;Année;Classes équipées\nLe Bois;primaire;2016;1\n")
    before = business_digest(), Entry.objects.count()
    call_command("import_plan", str(path), city="marelle", dry_run=True, stdout=StringIO())
    assert (business_digest(), Entry.objects.count()) == before and PlanDraft.objects.get() == waiting
    path.write_text(ODD)
    with pytest.raises(CommandError, match="ce que disent les colonnes"):
        call_command("import_plan", str(path), city="marelle", stdout=StringIO())


def test_a_table_of_another_service_goes_on_waiting(city, world, client):
    sheet = csv_of([("Le Pré", "", "maternelle", "2016", "", "10", "", "")]).decode()
    world.sign_in(client, "city_education")
    give(client, sheet, name="education.csv")
    client.logout()
    world.sign_in(client, "city_it")
    give(client, sheet, name="avant.csv")
    give(client, sheet, name="informatique.csv")
    assert set(PlanDraft.objects.values_list("file_name", flat=True)) == {"education.csv", "informatique.csv"}
    page = client.get("/plan/importer/").text
    assert "education.csv" in page and "(Direction Éducation)" in page and "informatique.csv" in page


def answer(client, preview, key, value):
    return client.post(f"{preview}reponses/", {key: value}, follow=True).text.replace("&nbsp;", "\u00a0")


def questions():
    return plan.compare_draft(draft=PlanDraft.objects.get(batch=None), now=NOW).questions


def test_a_right_uai_with_another_school_s_name_is_asked(world, client):
    """« Les Tilleuls » has 0860001A in the world of tests."""
    world.sign_in(client, "city_it")
    rows = [("Les Saules", "0860001A", "", year, "", "100", "TTC", "") for year in ("2016", "2017")]
    preview = give(client, csv_of(rows).decode())
    page = client.get(preview).text
    assert "De quelle école parle-t-il" in page and "Appliquer" not in page
    (asked,) = questions()
    assert asked.lines == (2, 3)
    answer(client, preview, asked.key, "leave")
    assert "Appliquer" not in client.get(preview).text
    answer(client, preview, asked.key, "autre chose")
    assert questions()[0].answer == "leave"
    answer(client, preview, asked.key, "same")
    apply_sheet(client, preview)
    assert world.schools["tilleuls"].expenses.count() == 2 and not world.schools["saules"].expenses.exists()


def test_a_school_of_the_city_named_beside_another_s_uai_may_be_the_one_meant(world, client):
    world.sign_in(client, "city_it")
    rows = [("Les Saules", "0860001A", "", year, "", "100", "TTC", "") for year in ("2016", "2017")]
    preview = give(client, csv_of(rows).decode())
    known = world.schools["saules"].uai
    assert "l’UAI du tableau n’est pas le sien" in client.get(preview).text
    answer(client, preview, questions()[0].key, str(world.schools["saules"].pk))
    apply_sheet(client, preview)
    world.schools["saules"].refresh_from_db()
    assert world.schools["saules"].expenses.count() == 2 and world.schools["saules"].uai == known
    assert not world.schools["tilleuls"].expenses.exists()
    give(client, csv_of([("Les Inconnus", "0860001A", "", "2016", "", "100", "TTC", "")]).decode())
    assert [value for value, _ in questions()[0].answers] == ["same", "leave"]


def test_a_longer_name_of_the_same_school_is_not_asked(world):
    run(world.cities["marelle"], csv_of([("Groupe scolaire Tilleuls", "0860001A", "", "2016", "", "1", "", "")]))
    assert world.schools["tilleuls"].expenses.count() == 1


def test_a_uai_with_another_name_is_a_line_to_review_in_an_inventory(world):
    sheet = "Désignation;Nature;École;UAI\nÉcran;vidéoprojecteur;Les Saules;0860001A\n".encode()
    draft = assets.keep_draft(person=None, city=world.cities["marelle"], name="b.csv", data=sheet, now=NOW)
    (problem,) = assets.compare_draft(draft=draft, now=NOW).problems
    assert "est l’UAI de" in problem.reason


def test_two_invoices_of_one_year_are_two_expenses(city):
    applied = run(
        city,
        csv_of(
            [
                ("Le Pré", "", "maternelle", "2016", "", "100", "TTC", "F1"),
                ("Le Pré", "", "maternelle", "2016", "", "50", "TTC", "F2"),
            ]
        ),
    )
    assert sorted(Expense.objects.values_list("amount_cents", flat=True)) == [5000, 10000]
    assert applied.comparison.changes[1].words == ["50\u00a0€ TTC en 2016, en plus de 100\u00a0€ TTC"]


@pytest.mark.parametrize("said, count", [("two", 2), ("one", 1), ("", 1)])
def test_one_line_written_twice_is_asked(city, said, count):
    draft = kept(city, csv_of([("Le Pré", "", "maternelle", "2016", "", "100", "TTC", "F1")] * 2).decode())
    (asked,) = plan.compare_draft(draft=draft, now=NOW).questions
    draft = plan.answer_questions(person=None, draft=draft, answers={asked.key: said}, now=NOW)
    plan.apply_draft(person=None, draft=draft, now=NOW)
    assert Expense.objects.count() == count


@pytest.mark.parametrize("said, standing", [
    ("add", [100_00, 120_00]), ("replace", [120_00]), ("keep", [100_00]), ("", [100_00]),
])  # fmt: skip
def test_an_amount_that_differs_from_what_is_known_is_asked(city, said, standing):
    run(city, csv_of([("Le Pré", "", "maternelle", "2016", "", "100", "TTC", "F1")]))
    draft = kept(city, csv_of([("Le Pré", "", "maternelle", "2016", "", "120", "TTC", "F2")]).decode())
    (asked,) = plan.compare_draft(draft=draft, now=NOW).questions
    draft = plan.answer_questions(person=None, draft=draft, answers={asked.key: said}, now=NOW)
    plan.apply_draft(person=None, draft=draft, now=NOW)
    assert list(Expense.objects.standing().order_by("amount_cents").values_list("amount_cents", flat=True)) == standing
    assert Expense.objects.count() == (1 if said in ("keep", "") else 2)  # what is replaced stays, withdrawn


@pytest.mark.parametrize("said, classes", [("added", 7), ("alike", 4), ("", 0)])
def test_classes_counted_on_two_lines_of_one_year_are_asked(city, said, classes):
    rows = [
        ("Le Pré", "", "maternelle", "2016", number, amount, "TTC", "") for number, amount in (("4", "10"), ("3", "20"))
    ]
    draft = kept(city, csv_of(rows).decode())
    (asked,) = plan.compare_draft(draft=draft, now=NOW).questions
    draft = plan.answer_questions(person=None, draft=draft, answers={asked.key: said}, now=NOW)
    plan.apply_draft(person=None, draft=draft, now=NOW)
    assert Acceptance.objects.count() == classes and Expense.objects.count() == 2


def test_the_cells_of_a_table_that_waits_go_after_30_days_and_its_lines_stay(city):
    """Whatever the city wrote there, names included, is kept the time to map its columns."""
    draft = kept(city, ODD)
    lines = draft.lines
    asset = assets.keep_draft(person=None, city=city, name="biens.csv", data=b"Truc;Chose\nCanari;1\n", now=NOW)
    clock = next(clock for clock in clocks() if PlanDraft in clock.tables)
    assert AssetDraft in clock.tables and draft.table and asset.table
    for days, left in ((29, True), (30, False)):
        PlanDraft.objects.update(created_at=NOW - timedelta(days=days))
        AssetDraft.objects.update(created_at=NOW - timedelta(days=days))
        assert clock.forget(now=NOW, dry_run=True) == (0 if left else 2)
        assert PlanDraft.objects.get().table, "a dry run empties nothing"
        clock.forget(now=NOW, dry_run=False)
        assert bool(PlanDraft.objects.get().table) is left and bool(AssetDraft.objects.get().table) is left
    assert PlanDraft.objects.get().lines == lines


def test_a_bad_line_says_all_its_problems_at_once(city):
    _, comparison = told(
        city,
        [
            "Le Pré;manoir;jadis;quatre;7.800;TVA",
            ";maternelle;;2;10;TTC",
            "Le Lac;élémentaire;2016;7;100;TTC",
        ],
    )
    said = [(problem.line, problem.column) for problem in comparison.problems]
    assert said == [
        (2, "Nature"),
        (2, "Année"),
        (2, "Classes équipées"),
        (2, "HT/TTC"),
        (2, "Montant"),
        (3, "École"),
        (3, "Année"),
    ]
    assert comparison.refused_count == 2 and [line.subject for line in comparison.changes] == ["Le Lac"]


def test_a_bad_thing_says_all_its_problems_at_once(city):
    sheet = "Étiquette;Nature;Désignation;Livré le;Prix;HT/TTC\n12;robot;;2016;dix;TVA\n"
    draft = assets.keep_draft(person=None, city=city, name="b.csv", data=sheet.encode(), now=NOW)
    said = [problem["column"] for problem in draft.problems]
    assert said == ["Étiquette", "HT/TTC", "Prix", "Nature", "Livré le"]
