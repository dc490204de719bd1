"""« Importer mon tableau »: read, compare, apply, undo; the city's own sheet gives its own totals."""

import json
import re
from io import StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse

from preau.kit.batches import batches_of
from preau.kit.digest import business_digest
from preau.kit.tables import TableRefused, write_ods, write_xlsx
from preau.places.models import School
from preau.plan.equipment.models import Acceptance, Expense, Quality
from preau.plan.equipment.queries import Amounts
from preau.plan.rollouts.actions import remove_acceptance, restore_acceptance
from preau.plan.sheets.actions import plan as actions
from tests.plan.conftest import NOW, TODAY, situation
from tests.plan.previews import apply_sheet

HEADER = ("École", "UAI", "Nature", "Année", "Classes équipées", "Montant", "HT/TTC", "Source")
ROWS = [
    ("Le Pré", "", "maternelle", "2016", "4", "41 000,50", "TTC", "PV 1"),
    ("École élémentaire du Lac", "", "élémentaire", "2017-2018", "7", "72913,04", "TTC", "PV 2"),
    ("La Dune", "", "élém.", "15/06/2018", "6", "60000", "TTC", ""),
    ("Le Bois", "", "primaire", "", "", "", "", ""),
]


def csv_of(rows):
    return "\r\n".join(";".join(row) for row in (HEADER, *rows)).encode()


def run(city, data, person=None, name="plan.csv"):
    draft = actions.keep_draft(person=person, city=city, name=name, data=data, now=NOW)
    return actions.apply_draft(person=person, draft=draft, now=NOW)


@pytest.fixture
def city(world):
    School.objects.filter(city=world.cities["marelle"]).update(closed_on=TODAY.replace(year=2010))
    return world.cities["marelle"]


@pytest.mark.parametrize("kind", ["csv", "xlsx", "ods"])
def test_a_sheet_gives_its_own_totals(city, kind):
    data = {"csv": csv_of, "xlsx": lambda r: write_xlsx(HEADER, r), "ods": lambda r: write_ods(HEADER, r)}[kind](ROWS)
    applied = run(city, data, name=f"plan.{kind}")
    assert applied.comparison.problems == []
    found = situation(city)
    assert (len(found.schools), len(found.equipped), found.equipped_nurseries, found.classes) == (4, 3, 1, 17)
    assert found.paid == Amounts(ttc=4100050 + 7291304 + 6000000)
    assert found.quality == Quality.DECLARED
    dune = Acceptance.objects.filter(school__name="La Dune").first()
    assert dune.day_is_known and dune.accepted_on.isoformat() == "2018-06-15"


def test_the_same_sheet_again_changes_nothing(city):
    run(city, csv_of(ROWS))
    again = run(city, csv_of(ROWS))
    assert again.batch is None
    assert {verb for table in again.comparison.counts.values() for verb in table} == {"unchanged"}


def test_a_name_already_known_with_another_kind_is_told(city):
    School.objects.create(city=city, name="Les Ormes", slug="les-ormes", kind="primary")
    applied = run(city, csv_of([("Les Ormes", "", "élémentaire", *[""] * 5), ("Neuve", "", "primaire", *[""] * 5)]))
    (told,) = applied.comparison.warnings
    assert told.line == 2 and "Préau connaît déjà École Les Ormes, primaire." in told.reason


@pytest.mark.parametrize("total", ["", "9"])
def test_a_sheet_that_speaks_of_years_before_what_is_known_is_stable_too(city, total):
    run(city, csv_of(ROWS))
    header = ";".join((*HEADER, "Classes de l’école"))
    older = [("Le Pré", "", "maternelle", "2014", "1", "10", "TTC", "", total), ("Le Bois", *[""] * 7, total)]
    sheet = "\n".join([header, *(";".join(row) for row in older)]).encode()
    assert run(city, sheet).batch is not None
    assert run(city, sheet).batch is None
    assert run(city, csv_of(ROWS)).batch is None


def test_undo_puts_everything_back(city, world):
    before = business_digest()
    applied = run(city, csv_of(ROWS))
    assert business_digest() != before
    actions.undo_import(person=None, city=city, batch=applied.batch, now=NOW)
    assert business_digest() == before
    assert len(situation(city).schools) == 0
    assert not Acceptance.objects.exists() and not Expense.objects.exists()


def test_undo_waits_for_what_was_built_since(city):
    from preau.kit.batches import CannotUndo

    applied = run(city, csv_of(ROWS))
    acceptance = Acceptance.objects.first()
    remove_acceptance(person=None, acceptance=acceptance, reason="Saisie deux fois.", now=NOW)
    with pytest.raises(CannotUndo):
        actions.undo_import(person=None, city=city, batch=applied.batch, now=NOW)
    assert Acceptance.objects.count() == 17
    restore_acceptance(person=None, acceptance=acceptance, now=NOW)
    actions.undo_import(person=None, city=city, batch=applied.batch, now=NOW)


def test_a_changed_sheet_gives_the_true_differences(city):
    run(city, csv_of(ROWS))
    changed = [list(row) for row in ROWS]
    changed[0][4], changed[1][5], changed[2][4] = "5", "80 000", "3"
    draft = actions.keep_draft(person=None, city=city, name="plan.csv", data=csv_of(changed), now=NOW)
    (asked,) = actions.compare_draft(draft=draft, now=NOW).questions  # nothing is replaced in silence
    draft = actions.answer_questions(person=None, draft=draft, answers={asked.key: "replace"}, now=NOW)
    applied = actions.apply_draft(person=None, draft=draft, now=NOW)
    assert [(d.subject, d.words) for d in applied.comparison.changes] == [
        ("Le Pré", ["1 classe de plus en 2016 (contenu non détaillé)"]),
        ("École élémentaire du Lac", ["80\u00a0000\u00a0€ TTC en 2017, au lieu de 72\u00a0913,04\u00a0€ TTC"]),
    ]
    assert [d.subject for d in applied.comparison.kept] == ["La Dune"]
    assert situation(city).classes == 18
    lac = Expense.objects.filter(school__name__contains="Lac").order_by("id")
    assert [e.withdrawn_at is None for e in lac] == [False, True]


def test_bad_lines_are_named_and_left_out(city):
    bad = [
        *ROWS,
        ("", "", "", "2016", "3", "", "", ""),
        ("Le Puits", "12", "maternelle", "2016", "3", "", "", ""),
        ("Le Puits", "", "collège", "2016", "3", "", "", ""),
        ("Le Puits", "", "maternelle", "", "3", "", "", ""),
        ("Le Puits", "", "maternelle", "2016", "trois", "", "", ""),
        ("Le Puits", "", "maternelle", "2016", "3", "72.913", "", ""),
        ("Le Puits", "", "maternelle", "2016", "3", "10", "TVA 5,5", ""),
        ("Le Puits", "", "maternelle", "2999", "3", "", "", ""),
        ("Loin", "0990001C", "élémentaire", "2016", "4", "", "", ""),
        ("=1+1", "", "maternelle", "2016", "3", "", "", ""),
        ("TOTAL", "", "", "", "17", "", "", ""),
    ]
    applied = run(city, csv_of(bad))
    assert [p.line for p in applied.comparison.problems] == [6, 7, 8, 9, 10, 11, 12, 13, 14, 15]
    assert all(p.reason.endswith(".") for p in applied.comparison.problems)
    assert situation(city).classes == 17 and not School.objects.filter(name="Le Puits").exists()


def test_known_schools_are_found_by_uai_then_by_name(world):
    city = world.cities["marelle"]
    rows = [
        ("", "0860001A", "", "2016", "4", "", "", ""),
        ("Saules", "", "élémentaire", "2016", "2", "", "", ""),
    ]
    applied = run(city, csv_of(rows))
    assert applied.comparison.counts["schools"] == {"unchanged": 2}
    assert world.schools["tilleuls"].acceptances.count() == 4 and world.schools["saules"].acceptances.count() == 2


def test_a_new_uai_with_a_wrong_letter_is_taken_and_named(city):
    applied = run(city, csv_of([("Le Pré", "0860001B", "nursery", "2016", "4", "", "", "")]))
    assert [w.line for w in applied.comparison.warnings] == [2] and applied.comparison.problems == []
    assert School.objects.get(uai="0860001B").kind == "nursery"


@pytest.mark.parametrize("data", [b"", b"\x89PNG\r\n"])
def test_a_file_that_is_no_such_table_is_refused(city, data):
    with pytest.raises(TableRefused):
        actions.keep_draft(person=None, city=city, name="x.csv", data=data, now=NOW)


def test_a_table_that_receives_classes_is_applied_by_the_city_s_it_alone(world, client):
    """Decision 0017: City Education reads it and compares it; what receives a class is City IT's, by a file too."""
    world.sign_in(client, "city_education")
    preview = client.post("/plan/importer/", {"sheet": SimpleUploadedFile("plan.csv", csv_of(ROWS))}).headers[
        "Location"
    ]
    page = client.get(preview).text
    assert "Ce tableau reçoit 17\xa0classes" in page and "Appliquer" not in page
    assert "l’informatique des écoles l’applique" in client.get("/plan/importer/").text
    refused = client.post(f"{preview}application/", {"seen": ""})
    assert refused.status_code == 403 and "Seule l’informatique des écoles" in refused.text
    assert not Acceptance.objects.exists() and not School.objects.filter(name="Le Pré").exists()
    client.logout()
    world.sign_in(client, "city_it")
    assert f'href="{preview}"' in client.get("/plan/importer/").text
    apply_sheet(client, preview)
    assert Acceptance.objects.count() == 17
    batch = batches_of(actions.scope_of(city=world.cities["marelle"]), actions.KIND).get()
    undo = reverse("sheets:import_undoing", args=[batch.id])
    client.logout()
    world.sign_in(client, "city_education")
    assert undo not in client.get("/plan/importer/").text and client.post(undo).status_code == 403
    assert Acceptance.objects.count() == 17


def test_city_education_applies_and_undoes_a_table_that_receives_nothing(world, client):
    world.sign_in(client, "city_education")
    sheet = csv_of([("Le Pré", "", "maternelle", "2016", "", "41 000,50", "TTC", "PV 1")])
    preview = client.post("/plan/importer/", {"sheet": SimpleUploadedFile("plan.csv", sheet)}).headers["Location"]
    apply_sheet(client, preview)
    assert Expense.objects.count() == 1
    batch = batches_of(actions.scope_of(city=world.cities["marelle"]), actions.KIND).get()
    assert client.post(reverse("sheets:import_undoing", args=[batch.id])).status_code == 302
    assert not Expense.objects.exists()


def test_the_page_reads_compares_applies_and_undoes(world, client):
    world.sign_in(client, "city_it")
    preview = client.post("/plan/importer/", {"sheet": SimpleUploadedFile("plan.csv", csv_of(ROWS))})
    page = client.get(preview.headers["Location"]).content.decode()
    assert "école ajoutée, 4 classes de plus en 2016 (contenu non détaillé), 41\u00a0000,50\u00a0€ TTC en 2016" in page
    assert not Acceptance.objects.exists()
    apply_sheet(client, preview.headers["Location"])
    assert Acceptance.objects.count() == 17
    batch = batches_of(actions.scope_of(city=world.cities["marelle"]), actions.KIND).get()
    client.post(reverse("sheets:import_undoing", args=[batch.id]))
    assert not Acceptance.objects.exists()


def test_the_command_applies_and_says_it_in_json(city, tmp_path):
    path = tmp_path / "plan.csv"
    path.write_bytes(csv_of(ROWS))
    out = StringIO()
    call_command("import_plan", str(path), city="marelle", json=True, dry_run=True, stdout=out)
    assert json.loads(out.getvalue())["batch"] is None and not Acceptance.objects.exists()
    out = StringIO()
    call_command("import_plan", str(path), city="marelle", json=True, stdout=out)
    told = json.loads(out.getvalue())
    assert told["acceptances"] == {"created": 17, "updated": 0, "unchanged": 0} and told["problems"] == []
    call_command("import_plan", city="marelle", undo=told["batch"], stdout=StringIO())
    assert not Acceptance.objects.exists()
    with pytest.raises(CommandError, match="pas de lot nulle-part"):
        call_command("import_plan", city="marelle", undo="nulle-part")
    with pytest.raises(CommandError, match="Aucune ville"):
        call_command("import_plan", str(path), city="nulle-part")


def test_a_table_read_and_not_applied_is_set_aside_and_one_applied_is_not(city, world, client):
    draft = actions.keep_draft(person=None, city=city, name="plan.csv", data=csv_of(ROWS), now=NOW)
    address = f"/plan/importer/{draft.pk}/"
    world.sign_in(client, "dsden")
    assert client.post(f"{address}retrait/").status_code == 403
    world.sign_in(client, "city_education")
    assert "Retirer ce tableau" in client.get(address).text
    assert "plan.csv" not in client.post(f"{address}retrait/", follow=True).text
    assert client.get(address).status_code == 404
    batch = run(city, csv_of(ROWS)).batch
    address = f"/plan/importer/{batch.plan_drafts.get().pk}/"
    assert "Retirer ce tableau" not in client.get(address).text
    assert "déjà appliqué" in client.post(f"{address}retrait/", follow=True).text
    actions.drop_draft(person=None, draft=batch.plan_drafts.get(), now=NOW)  # applied meanwhile
    assert batch.plan_drafts.exists()


def test_a_city_opens_161_classes_down_to_one_and_reads_22(world, client):
    """The issue's journey, without a browser: import, open each figure, remove one class, undo."""
    world.sign_in(client, "city_it")
    rows = [
        (f"École {n}", "", "maternelle" if n < 5 else "élémentaire", "2018", "7", "1000", "", "") for n in range(23)
    ]
    preview = client.post("/plan/importer/", {"sheet": SimpleUploadedFile("plan.csv", csv_of(rows))})
    apply_sheet(client, preview.headers["Location"])
    home = client.get("/plan/").content.decode()
    assert "<b>23</b>" in home and "<b>161</b>" in home
    classes = client.get("/plan/classes/?ville=marelle").content.decode()
    address = re.search(r'href="(/plan/receptions/[^"]+)"', classes)[1]
    assert "Retirer cette réception" in client.get(address).content.decode()
    client.post(f"{address}retrait/", {"reason": "Saisie deux fois."})
    home = client.get("/plan/").content.decode()
    assert "<b>22</b>" in home and "<b>160</b>" in home
    client.post(f"{address}annulation/")
    assert "<b>23</b>" in client.get("/plan/").content.decode()


def test_what_is_not_read_of_the_file_is_told_before_applying(world, client):
    rows = [("Plan 2018",), (), ("Nom de l’école", "Réf.", "Nature", "Équipée le", "Classes équipées", "Vu par"),
            ("Le Pré", "7", "maternelle", "2016", "4", ""), ("Sous-total", "", "", "", "4", "")]  # fmt: skip
    world.sign_in(client, "city_it")
    sheet = SimpleUploadedFile("plan.csv", "\r\n".join(";".join(row) for row in rows).encode())
    page = client.post("/plan/importer/", {"sheet": sheet}, follow=True).text.replace("&nbsp;", "\u00a0")
    assert "nommées à la ligne 3" in page and "Colonnes non lues\u00a0: Réf., Vu par." in page
    assert "À revoir" not in page


@pytest.mark.parametrize("data, missing", [
    ("École;Classes équipées\nLe Pré;4\nLe Bois;3\n", "Aucune colonne ne dit l’année"),
    ("a;b\n1;2\n", "Aucune colonne ne nomme les écoles"),
    ("École;Source\nX;mairie\n", "ni classes, ni montants, ni lieux"),
])  # fmt: skip
def test_a_table_that_lacks_a_column_is_asked_once(city, data, missing):
    draft = actions.keep_draft(person=None, city=city, name="plan.csv", data=data.encode(), now=NOW)
    assert missing in draft.reading["missing"] and not draft.lines
    assert actions.apply_draft(person=None, draft=draft, now=NOW).batch is None
