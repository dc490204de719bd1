"""« Importer mon inventaire »: read, compare, apply, undo; bad lines are named and change nothing."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from preau.kit.answers import Refused
from preau.kit.batches import CannotUndo, batches_of
from preau.kit.dates import day_text
from preau.kit.digest import business_digest
from preau.kit.tables import TableRefused, write_csv, write_ods, write_xlsx
from preau.places.models import Building, Room
from preau.plan.inventory import actions
from preau.plan.inventory.models import Asset, State
from preau.plan.inventory.queries import HEADER
from preau.plan.sheets.actions import assets as sheets
from preau.plan.sheets.models import AssetDraft
from preau.plan.sheets.queries import in_the_way
from tests.plan.inventory.conftest import NOW, TODAY
from tests.plan.previews import apply_sheet, seen_on

WRITERS = {"csv": write_csv, "ods": write_ods, "xlsx": write_xlsx}
COLUMNS = ("Étiquette", "Nature", "Désignation", "Numéro de série", "État", "École", "Local", "Chariot", "Place",
           "Livré le", "Financement", "Prix", "HT/TTC")  # fmt: skip
ROWS = [
    ("", "classe mobile", "Chariot bleu", "C-1", "en réserve", "Tilleuls", "Salle cm2"),
    ("", "tablette", "Tablette", "T-1", "", "", "", "C-1", "1"),
    ("", "tablette", "Tablette", "T-2", "", "", "", "C-1", "2"),
    ("", "VPI", "Projecteur", "", "en service", "École Tilleuls", "Salle cm2", "", "", TODAY, "Ville", 1200.5, "TTC"),
    ("", "VPI", "Projecteur", "", "en service", "École Tilleuls", "Salle cm2"),
    ("ACD234", "imprimante", "Imprimante", "", "en réserve", "réserve de la Ville"),
    ("", "portable", "Portable", "P-9", "en réparation", "Saules", "Salle neuve"),
]


def run(world, rows, kind="csv", person=None, header=COLUMNS):
    data = WRITERS[kind](header, rows)
    draft = sheets.keep_draft(person=person, city=world.cities["marelle"], name=f"i.{kind}", data=data, now=NOW)
    return sheets.apply_draft(person=person, draft=draft, now=NOW)


@pytest.mark.parametrize("kind", WRITERS)
def test_a_sheet_becomes_things_and_the_same_again_nothing(stock, kind):
    applied = run(stock.world, ROWS, kind)
    assert applied.comparison.problems == [] and applied.comparison.counts["assets"]["created"] == 7
    cart = Asset.objects.get(serial="C-1")
    assert sorted(cart.contents.values_list("slot", "serial")) == [("1", "T-1"), ("2", "T-2")]
    assert set(cart.contents.values_list("room__name", "state")) == {("Salle cm2", "in_stock")}
    assert Asset.objects.filter(label="Projecteur", state=State.DEPLOYED).count() == 2
    assert sorted(Asset.objects.filter(label="Projecteur").values_list("price_cents", flat=True), key=str) == [
        120050,
        None,
    ]
    printer = Asset.objects.get(tag="ACD234")
    assert (printer.school, printer.state) == (None, "in_stock")
    assert Room.objects.get(name="Salle neuve").building.school == stock.world.schools["saules"]
    again = run(stock.world, ROWS, kind)
    assert again.batch is None and again.comparison.changes == [] and again.comparison.problems == []


@pytest.mark.parametrize("kind", WRITERS)
def test_the_list_taken_away_and_given_back_changes_nothing(stock, client, kind):
    run(stock.world, ROWS)
    actions.send_to_repair(person=None, asset=stock.laptops[0], note="", now=NOW)
    actions.lend_asset(person=None, asset=stock.projector, school=stock.world.schools["saules"], now=NOW)
    actions.correct_asset(
        person=None,
        asset=stock.master,
        label="=cmd",
        serial="SN-M",
        delivery_ref="",
        funding="state",
        now=NOW,
        price_cents=1,
        regime="ht",
    )
    taken = stock.world.sign_in(client, "city_it").get(f"/plan/inventaire.{kind}").content
    draft = sheets.keep_draft(person=None, city=stock.school.city, name=f"i.{kind}", data=taken, now=NOW)
    applied = sheets.apply_draft(person=None, draft=draft, now=NOW)
    said = [(d.subject, d.words, d.keeps) for d in applied.comparison.differences if d.words or d.keeps]
    assert applied.batch is None and said == [] and applied.comparison.problems == []


def test_a_changed_sheet_gives_the_true_differences(stock):
    cart, projector, laptop = stock.cart, stock.projector, stock.laptops[0]
    rows = [
        (cart.tag, "", "", "", "", "", "Salle cm2"),
        (projector.tag, "", "Projecteur laser", "X9", "en réserve", "réserve de la Ville"),
        (laptop.tag, "", "", "", "manquant"),
        (stock.laptops[1].tag, "", "", "", "", "Saules"),
        (stock.laptops[2].tag, "", "", "", "", "", "", "", "", "", "État", 10),
    ]
    applied = run(stock.world, rows)
    assert [d.words for d in applied.comparison.changes] == [
        ["en service, Salle cm2, École Tilleuls"],
        ["numéro de série X9", "désignation «\u00a0Projecteur laser\u00a0»", "en réserve"],
    ]
    assert applied.comparison.unchanged_count == 0, "what is kept says otherwise than Préau"
    assert [d.keeps for d in applied.comparison.kept] == [
        "en service, changez-le sur sa fiche",
        "il suit son chariot",
        "financement et prix, ce que l’État paie s’écrit par la DSDEN",
    ]
    assert set(cart.contents.values_list("room__name", flat=True)) == {"Salle cm2"}
    projector = stock.again(projector)
    assert (projector.school, projector.room, projector.state, projector.version) == (None, None, "in_stock", 2)
    assert run(stock.world, rows).batch is None


def test_what_was_ordered_arrives_by_the_sheet(stock):
    (ordered,) = actions.receive_assets(
        person=None,
        school=stock.school,
        items=[actions.Delivered("tablet", "Tablette")],
        delivery_ref="",
        now=NOW,
        state="expected",
        due_on=TODAY,
    )
    run(stock.world, [(ordered.tag, "", "", "T-77", "en service", "Tilleuls")])
    ordered = stock.again(ordered)
    assert (ordered.state, ordered.received_on, ordered.due_on) == ("deployed", TODAY, None)
    assert ordered.serial_key == "t77"


def test_a_thing_joins_a_free_slot_only(stock):
    (spare,) = actions.receive_assets(
        person=None, school=stock.school, items=[actions.Delivered("laptop", "Portable")], delivery_ref="", now=NOW
    )
    line = (spare.tag, "", "", "", "", "", "", stock.cart.tag)
    applied = run(stock.world, [(*line, "1")])
    assert "prise" in applied.comparison.problems[0].reason and applied.batch is None
    assert "ne reçoit pas" in run(stock.world, [(*line, "B")]).comparison.problems[0].reason
    actions.place_asset(person=None, asset=stock.laptops[0], school=None, now=NOW)
    run(stock.world, [(*line, "1")])
    spare = stock.again(spare)
    assert (spare.cart_id, spare.slot, spare.state, spare.room) == (stock.cart.pk, "1", "deployed", stock.rooms["cpb"])


def test_undo_puts_everything_back_or_says_what_stands_in_the_way(stock):
    city, before = stock.school.city, business_digest()
    moved = (stock.cart.tag, "", "", "", "", "", "Salle cm2")
    rows = [*ROWS, moved, (stock.projector.tag, "", "", "Z", "", "Tilleuls", "Neuve")]
    applied = run(stock.world, rows)
    made = Asset.objects.get(serial="T-1")
    actions.report_missing(person=None, asset=made, now=NOW)
    middle = business_digest()
    with pytest.raises(CannotUndo) as refused:
        sheets.undo_import(person=None, city=city, batch=applied.batch, now=NOW)
    assert in_the_way(applied.batch, refused.value) == [f"bien {made}\u00a0: changement le {day_text(TODAY)}"]
    assert business_digest() == middle != before
    Asset.objects.filter(pk=made.pk).update(
        **{f.attname: getattr(made, f.attname) for f in Asset._meta.concrete_fields}
    )
    sheets.undo_import(person=None, city=city, batch=applied.batch, now=NOW)
    assert business_digest() == before and not Building.objects.filter(school__slug="saules").exists()


BAD = {
    "Étiquette": ("12345", "tablette", "X"),
    "Nature": ("", "grille-pain", "X"),
    "Désignation": ("ACD235", "tablette", ""),
    "Numéro de série": ("", "portable", "X", "SN-M2"),
    "État": ("", "tablette", "X", "", "réformé"),
    "École": ("", "tablette", "X", "", "", "École du bout du monde"),
    "Local": ("", "tablette", "X", "", "", "réserve", "Salle 1"),
    "Chariot": ("", "tablette", "X", "", "", "", "", "AAAAAA", "1"),
    "Place": ("", "tablette", "X", "", "", "", "", "CART", "M"),
    "Livré le": ("", "tablette", "X", "", "", "", "", "", "", "2016"),
    "Financement": ("", "tablette", "X", "", "", "", "", "", "", "", "le voisin"),
    "Prix": ("", "tablette", "X", "", "", "", "", "", "", "", "", "douze"),
    "HT/TTC": ("", "tablette", "X", "", "", "", "", "", "", "", "", "12", "TVA 5,5"),
}


@pytest.mark.parametrize("column", BAD)
def test_a_bad_line_is_named_and_left_out(stock, column):
    row = [stock.cart.tag if cell == "CART" else cell for cell in BAD[column]]
    if row[3:4] == ["SN-M2"]:  # twice in the sheet
        rows, count = [("", "portable", "Portable", "SN-M2"), row], 1
    else:
        rows, count = [row], 0
    before = Asset.objects.count()
    applied = run(stock.world, rows)
    (problem,) = applied.comparison.problems
    assert problem.column == column and problem.line == len(rows) + 1 and problem.reason.endswith(".")
    assert Asset.objects.count() == before + count


def test_no_access_point_is_imported_in_use_before_the_council_was_told(stock):
    applied = run(stock.world, [("", "borne", "Borne", "B-7", "en service", "Saules")])
    assert "conseil d’école" in applied.comparison.problems[0].reason and applied.batch is None
    assert run(stock.world, [("", "borne", "Borne", "B-7", "en réserve", "Saules")]).batch is not None


def test_a_line_left_out_is_left_out_whole(stock):
    before = business_digest()
    applied = run(stock.world, [(stock.projector.tag, "", "Autre nom", "NEW", "", "École du bout du monde")])
    assert len(applied.comparison.problems) == 1 and applied.batch is None and business_digest() == before


def test_two_lines_never_speak_of_one_thing(stock):
    tag = stock.projector.tag
    applied = run(stock.world, [(tag, "", "Un"), (tag, "", "Deux")])
    assert [p.line for p in applied.comparison.problems] == [3] and stock.again(stock.projector).label == "Un"
    laptop = stock.laptops[0]  # named once by its label, once by its number
    applied = run(stock.world, [(laptop.tag, "", "Un"), ("", "portable", "Deux", "SN-1")])
    assert [p.line for p in applied.comparison.problems] == [3] and stock.again(laptop).label == "Un"


@pytest.mark.parametrize("data", [b"", b"\x89PNG\r\n", b"PK\x03\x04broken"])
def test_a_file_that_is_no_such_table_is_refused_in_a_sentence(stock, client, data):
    stock.world.sign_in(client, "city_it")
    before = business_digest()
    with pytest.raises(TableRefused):
        sheets.keep_draft(person=None, city=stock.school.city, name="x.csv", data=data, now=NOW)
    page = client.post("/plan/inventaire/importer/", {"sheet": SimpleUploadedFile("x.csv", data)})
    assert page.status_code == 422 and "Traceback" not in page.content.decode()
    assert business_digest() == before and not AssetDraft.objects.exists()


@pytest.mark.parametrize("actor", ["dsden", "erun", "city_education", "head"])
def test_the_city_s_technicians_alone_import(stock, actor):
    with pytest.raises(Refused):
        run(stock.world, ROWS, person=stock.world.people[actor])
    assert not AssetDraft.objects.exists()


def test_the_pages_read_compare_apply_and_undo(stock, client):
    stock.world.sign_in(client, "city_it")
    assert "Importer mon inventaire" in client.get("/plan/inventaire/").content.decode()
    assert "Places d’élèves" in client.get("/plan/inventaire/importer/").content.decode()
    for kind in WRITERS:
        assert client.get(f"/plan/inventaire/importer/modele.{kind}").status_code == 200
    before = Asset.objects.count()
    sheet = SimpleUploadedFile("i.csv", write_csv(COLUMNS, [*ROWS, ("1", "tablette", "X")]))
    preview = client.post("/plan/inventaire/importer/", {"sheet": sheet}).headers["Location"]
    page = client.get(preview).content.decode()
    assert "Appliquer 7\u00a0lignes" in page and "six signes" in page and Asset.objects.count() == before
    done = apply_sheet(client, preview)
    assert "Lignes appliquées\u00a0: 7" in done and "1\u00a0ligne n’est pas prise en entier" in done
    assert "Ligne 9, Étiquette\u00a0: «\u00a01\u00a0» n’a pas les six signes" in done
    assert Asset.objects.count() == before + 7
    twice = client.post(f"{preview}application/", follow=True).content.decode()
    assert "Rien à changer" in twice and "Rien à appliquer" in twice
    batch = batches_of(sheets.scope_of(city=stock.school.city), sheets.KIND).get()
    address = reverse("sheets:asset_undoing", args=[batch.pk])
    assert "Tout est comme avant" in client.post(address, follow=True).content.decode()
    assert Asset.objects.count() == before
    assert "<li>Lot déjà annulé</li>" in client.post(address).content.decode()


def test_what_was_not_read_is_not_applied(stock, client):
    """Between the page and its button a colleague corrects the thing: their word is shown before it is replaced."""
    run(stock.world, ROWS)
    thing = Asset.objects.get(serial="T-1")
    stock.world.sign_in(client, "city_it")
    row = (thing.tag, "tablette", "Tablette bleue", "T-1")
    sheet = SimpleUploadedFile("i.csv", write_csv(("Étiquette", "Nature", "Désignation", "Numéro de série"), [row]))
    preview = client.post("/plan/inventaire/importer/", {"sheet": sheet}).headers["Location"]
    seen = seen_on(client, preview)
    Asset.objects.filter(pk=thing.pk).update(label="Tablette de Zoé")
    told = client.post(f"{preview}application/", {"seen": seen}, follow=True)
    assert "Préau a changé depuis" in told.content.decode() and told.redirect_chain[-1][0] == preview
    assert Asset.objects.get(pk=thing.pk).label == "Tablette de Zoé"
    assert "Lignes appliquées" in apply_sheet(client, preview)
    assert Asset.objects.get(pk=thing.pk).label == "Tablette bleue"


def test_columns_are_those_of_the_list():
    assert set(COLUMNS) <= set(HEADER)


def test_how_an_access_point_goes_off_is_read_and_given_back(stock, client):
    """A column of the sheet: a bad word is named, an empty cell changes nothing, the cart's switch needs a cart."""
    header = ("Étiquette", "Nature", "Désignation", "Numéro de série", "Extinction")
    wall = ("", "borne", "Borne murale", "W-1")
    done = run(stock.world, [(stock.access_point.tag, "", "", "", "chariot"), (*wall, "minuterie")], header=header)
    assert [d.words[-1] for d in done.comparison.changes] == ["extinction", "ajouté, en réserve"]
    assert Asset.objects.get(serial="W-1").off_switch == "timer"
    assert stock.again(stock.access_point).off_switch == "cart"
    rows = [
        (*wall, "chariot"), (stock.projector.tag, "", "", "", "bouton"), ("", "tablette", "Tablette", "T-8", "bouton"),
        (stock.access_point.tag, "", "", "", "au soleil"),
    ]  # fmt: skip
    told = run(stock.world, rows, header=header).comparison.problems
    assert [problem.column for problem in told] == ["Extinction"] * 4
    for word, problem in zip(("chariot", "seule une borne", "seule une borne", "au soleil"), told, strict=True):
        assert word in problem.reason
    assert not Asset.objects.filter(serial="T-8").exists()
    run(stock.world, [(*wall, "")], header=header)
    assert Asset.objects.get(serial="W-1").off_switch == "timer"
    taken = stock.world.sign_in(client, "city_it").get("/plan/inventaire.csv").content
    assert "l’interrupteur du chariot" in taken.decode() and "une minuterie" in taken.decode()
    draft = sheets.keep_draft(person=None, city=stock.school.city, name="i.csv", data=taken, now=NOW)
    again = sheets.apply_draft(person=None, draft=draft, now=NOW)
    assert again.batch is None and again.comparison.problems == []


def test_undone_the_access_point_is_as_it_was_declared(stock):
    header = ("Étiquette", "Extinction")
    before = business_digest()
    done = run(stock.world, [(stock.access_point.tag, "chariot")], header=header)
    sheets.undo_import(person=None, city=stock.school.city, batch=done.batch, now=NOW)
    assert stock.again(stock.access_point).off_switch == "" and business_digest() == before
