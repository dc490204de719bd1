"""The inventory's pages: who reads what, what each shows, how many queries, and two persons at once."""

import io
import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.db.models import Q
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader

from preau.kit.tables import read_table
from preau.plan.equipment import actions as equipment
from preau.plan.equipment.queries import current_kits
from preau.plan.equipment.rules import cities_steered_by, schools_visible_to
from preau.plan.inventory import actions
from preau.plan.inventory.actions import Delivered
from preau.plan.inventory.models import Asset, Kind, State, draw_tag
from preau.plan.inventory.queries import in_order, needs_against_stock
from preau.plan.inventory.views.reading import BY_PAGE
from preau.plan.premises import actions as premises
from preau.plan.premises.queries import need_of
from preau.plan.rollouts.actions import record_acceptance
from tests.plan.inventory.conftest import NOW, TODAY

READERS = (
    "city_it", "city_education", "city_finance", "elected", "dsden", "dan", "ia_dasen", "ien", "erun",
    "pedagogical_adviser", "head", "teacher", "trainer",
)  # fmt: skip
STRANGERS = ("guardian", "pupil_cm2", "operator", "parents_federation", "ien_other", "city_education_far",
             "teacher_other_school", "head_other_school")  # fmt: skip


def page_of(stock, client, actor, path):
    return stock.world.sign_in(client, actor).get(path)


def detail(asset):
    return reverse("inventory:asset_detail", args=[asset.pk])


@pytest.mark.parametrize("actor", READERS)
def test_readers_find_the_school_and_its_things(stock, client, actor):
    for path in (
        "/plan/inventaire/", detail(stock.cart), detail(stock.projector),
        reverse("inventory:school_stock", args=[stock.school.pk]),
        reverse("inventory:school_needs", args=[stock.school.pk]),
    ):  # fmt: skip
        response = page_of(stock, client, actor, path)
        assert response.status_code == 200, path
        assert "!!" not in response.content.decode(), path
    assert stock.cart.shown_tag in client.get("/plan/inventaire/").content.decode()


@pytest.mark.parametrize("actor", STRANGERS)
def test_strangers_find_nothing(stock, client, actor):
    for path in (detail(stock.projector), reverse("inventory:school_stock", args=[stock.school.pk]),
                 reverse("inventory:asset_by_tag", args=[stock.projector.tag])):  # fmt: skip
        assert page_of(stock, client, actor, path).status_code == 404, path
    seen = client.get(f"/plan/inventaire/?q={stock.projector.tag}")
    assert stock.projector.shown_tag not in seen.content.decode()


@pytest.mark.parametrize(
    "actor, reads", [("city_finance", True), ("elected", True), ("city_it", True), ("dsden", False), ("ien", False),
                     ("trainer", False), ("head", False), ("teacher", False)],
)  # fmt: skip
def test_a_price_is_read_by_the_city_alone(stock, client, actor, reads):
    for path in (detail(stock.projector), "/plan/inventaire/?payes=1"):
        assert ("1\u00a0200,00" in page_of(stock, client, actor, path).content.decode()) is reads, path
    # Adding a whole inventory is for who asks it.
    plain = client.get("/plan/inventaire/").content.decode()
    assert "1\u00a0200,00" not in plain and (not reads or "Voir ce qui a été payé" in plain)
    table = read_table("i.csv", client.get("/plan/inventaire.csv").content)
    assert any("1200,0" in line.cells for line in table.rows) is reads


def test_prices_of_two_taxes_are_not_added(stock, client):
    item = Delivered(Kind.BOARD, "Tableau", 2, price_cents=50000, funding="city", regime="ttc")
    actions.receive_assets(person=None, school=stock.school, items=[item], delivery_ref="", now=NOW)
    page = page_of(stock, client, "city_it", "/plan/inventaire/?payes=1").text.replace("\u00a0", " ")
    assert "1 000,00 € TTC et 1 200,00 € (HT ou TTC non précisé)<" in page


def test_the_state_reads_the_price_of_what_it_paid(stock, client):
    item = Delivered(Kind.BOARD, "Tableau", price_cents=50000, funding="state")
    (board,) = actions.receive_assets(
        person=stock.world.people["dsden"], school=stock.school, items=[item], delivery_ref="", now=NOW
    )
    assert "500,00" in page_of(stock, client, "dsden", detail(board)).content.decode()


def test_the_list_is_searched_by_label_serial_and_words(stock, client):
    stock.world.sign_in(client, "city_it")
    for text, found in (
        (stock.laptops[2].tag.lower(), "1 bien "), ("sn-3", "1 bien "), ("poste MAÎTRE", "1 bien "),
        ("rien de tel", "0 bien "), ("===", "0 bien "),
    ):  # fmt: skip
        assert (
            f"<h1>{found}".replace(" ", "\u00a0", 1)[:9]
            in client.get("/plan/inventaire/", {"q": text}).content.decode()
        )
    school = stock.world.schools["saules"].pk
    assert "0\u00a0bien" in client.get("/plan/inventaire/", {"ecole": school}).content.decode()
    assert "1\u00a0bien" in client.get("/plan/inventaire/", {"nature": "cart"}).content.decode()
    assert "0\u00a0bien" in client.get("/plan/inventaire/", {"etat": "missing"}).content.decode()
    assert client.get("/plan/inventaire/", {"ecole": "x", "page": "z", "etat": "?"}).status_code == 200


@pytest.mark.parametrize("extension", ["csv", "ods", "xlsx"])
def test_the_list_is_taken_away(stock, client, extension):
    response = page_of(stock, client, "city_it", f"/plan/inventaire.{extension}?nature=laptop")
    table = read_table(f"i.{extension}", response.content)
    assert len(table.rows) == 7 and {line.cells[3] for line in table.rows} == {f"SN-{n}" for n in range(1, 8)}


def test_the_code_on_the_label_opens_the_thing(stock, client):
    response = page_of(stock, client, "head", f"/plan/bien/{stock.cart.tag.lower()}/")
    assert response.headers["Location"] == detail(stock.cart)


def test_labels_start_at_the_first_free_one(stock, client):
    stock.world.sign_in(client, "erun")
    assert "11\u00a0étiquettes" in client.get("/plan/inventaire/etiquettes/").content.decode()
    for query, pages in (("", 1), ("?premiere=24", 2), ("?vierges=30", 2), ("?q=introuvable", 1)):
        pdf = PdfReader(io.BytesIO(client.get(f"/plan/inventaire/etiquettes.pdf{query}").content))
        assert len(pdf.pages) == pages, query
    text = PdfReader(io.BytesIO(client.get("/plan/inventaire/etiquettes.pdf").content)).pages[0].extract_text()
    assert stock.cart.shown_tag in text.replace(" ", "\u00a0") and "Classe mobile" in text
    for wrong in ("premiere=99", "vierges=999"):  # neither the whole inventory nor a sheet begun elsewhere instead
        refused = client.get(f"/plan/inventaire/etiquettes.pdf?{wrong}&nature=cart")
        assert refused.status_code == 422 and "1\u00a0étiquette " in refused.text and "à corriger" in refused.text
        assert 'name="nature" value="cart"' in refused.text and refused.text.count('name="premiere"') == 1
    assert page_of(stock, client, "head", "/plan/inventaire/etiquettes.pdf").status_code == 403


def test_labels_follow_the_cart_and_tell_like_computers_apart(stock, client):
    stock.world.sign_in(client, "city_it")
    sheet = PdfReader(io.BytesIO(client.get("/plan/inventaire/etiquettes.pdf").content)).pages[0].extract_text()
    text = sheet.replace(" ", "\u00a0")
    rest = [*stock.laptops, stock.access_point, stock.master]
    assert [text.index(asset.shown_tag) for asset in (stock.cart, *rest)] == sorted(
        text.index(asset.shown_tag) for asset in (stock.cart, *rest)
    )
    assert all(asset.serial in text for asset in rest)


def test_a_change_is_made_by_its_page(stock, client):
    stock.world.sign_in(client, "city_it")
    path = reverse("inventory:asset_change", args=[stock.projector.pk, "reparation"])
    page = client.get(path).content.decode()
    assert 'name="version" value="1"' in page
    wrong = client.post(path, {"version": 1, "note": ""})
    assert wrong.status_code == 422
    done = client.post(path, {"version": 1, "note": "lampe", "due_on": ""}, follow=True).content.decode()
    assert "en réparation" in done and "Il est réparé" in done and "lampe" in done
    back = client.post(
        f"/plan/inventaire/{stock.projector.pk}/emplacement/", {"version": 2, "room": "", "is_in_use": "1"}
    )
    assert back.status_code == 302 and stock.again(stock.projector).state == State.DEPLOYED


def test_the_second_of_two_reads_what_changed_and_keeps_what_was_typed(stock, client):
    stock.world.sign_in(client, "city_it")
    path = reverse("inventory:asset_change", args=[stock.projector.pk, "reparation"])
    actions.place_asset(person=None, asset=stock.projector, school=stock.school, now=NOW)
    late = client.post(path, {"version": 1, "note": "lampe grillée"})
    page = late.content.decode()
    assert late.status_code == 422 and "a changé entre-temps" in page and "lampe grillée" in page
    assert 'value="2"' in page
    assert client.post(path, {"version": 2, "note": "lampe grillée"}).status_code == 302


def test_a_thing_with_a_memory_leaves_by_its_pages(stock, client):
    stock.world.sign_in(client, "city_it")
    laptop = stock.laptops[0]
    path = reverse("inventory:asset_change", args=[laptop.pk, "reforme"])
    refused = client.post(path, {"version": 1, "reason": "broken"})
    assert refused.status_code == 422 and "Ce matériel a une mémoire" in refused.content.decode()
    half = client.post(path, {"version": 1, "reason": "broken", "erased_by": "DSI"}).content.decode()
    assert "Le certificat n’est pas complet" in half
    full = {"version": 1, "reason": "broken", "erased_by": "DSI", "erasure_method": "overwrite", "erased_on": TODAY}
    page = client.post(path, full, follow=True).content.decode()
    assert "certificat d’effacement" in page and "écrasement complet" in page
    end = {"version": 2, "way": "waste", "beneficiary": "Écologic", "disposal_ref": "BSD 4"}
    page = client.post(reverse("inventory:asset_change", args=[laptop.pk, "sortie"]), end, follow=True).content.decode()
    assert "Écologic" in page and stock.again(laptop).state == State.DISPOSED


def test_an_empty_slot_is_filled_by_its_label(stock, client):
    stock.world.sign_in(client, "city_it")
    actions.place_asset(person=None, asset=stock.laptops[0], school=None, now=NOW)
    assert "vide" in client.get(detail(stock.cart)).content.decode()
    path = reverse("inventory:asset_change", args=[stock.cart.pk, "place"])
    assert "relisez-la" in client.post(path, {"version": 1, "slot": "1", "tag": "AAAAAA"}).content.decode()
    assert client.post(path, {"version": 1, "slot": "1", "tag": stock.laptops[0].tag.lower()}).status_code == 302
    assert stock.again(stock.laptops[0]).cart_id == stock.cart.pk


def test_a_delivery_and_a_mobile_class_are_received_by_their_pages(stock, client):
    stock.world.sign_in(client, "dsden")
    base = {"room": "", "state": "", "received_on": TODAY, "delivery_ref": "BL 9", "funding": "state", "price": "",
            "regime": "unknown"}  # fmt: skip
    things = base | {"kind": "tablet", "label": "Tablette", "quantity": "1", "serials": "X1\nX2\n", "price": "250,00 €"}
    path = reverse("inventory:delivery", args=[stock.school.pk])
    assert client.post(path, things | {"quantity": "3"}).status_code == 422
    assert client.post(path, things).status_code == 302
    made = Asset.objects.filter(kind="tablet")
    assert sorted(made.values_list("serial", "price_cents", "state")) == [
        ("X1", 25000, "in_stock"),
        ("X2", 25000, "in_stock"),
    ]
    known = Asset.objects.get(serial="X2")
    again = client.post(path, things | {"serials": "X3\nx-2"}).text
    assert f"Le numéro de série X2 est déjà dans l’inventaire\u00a0: {known}." in again
    twice = client.post(path, things | {"serials": "X4\nX4"})
    assert twice.status_code == 422 and "«\u00a0X4\u00a0» est écrit deux fois" in twice.text
    assert not Asset.objects.filter(serial__in=("X3", "X4")).exists()
    assert client.post(path, things | {"serials": "", "funding": "city"}).status_code == 403
    cart = base | {"label": "Classe mobile B", "quantity": "4", "kind": "tablet", "terminal_label": "Tablette",
                   "serials": "Y1\nY2", "master_serial": "YM", "point_serial": ""}  # fmt: skip
    assert client.post(reverse("inventory:cart_delivery", args=[stock.school.pk]), cart).status_code == 302
    made = Asset.objects.get(label="Classe mobile B")
    assert made.slots_count == 4 and sorted(made.contents.values_list("slot", flat=True)) == ["1", "2", "B", "M"]


def publish_kit(stock):
    """The deck's kit for this school, and its three classes."""
    equipment.publish_kit_version(
        person=None, city=stock.school.city, school_kind="primary", published_on=TODAY, source="essai", now=NOW,
        lines=equipment.deck_lines(school_kind="primary"),
    )  # fmt: skip
    equipment.record_fact(
        person=None, city=stock.school.city, school=stock.school, measure="classes", value=3, as_of=TODAY, source="x",
        quality="declared", now=NOW,
    )  # fmt: skip


def test_a_need_is_set_against_what_is_there(stock, client):
    publish_kit(stock)
    response = page_of(stock, client, "head", reverse("inventory:school_needs", args=[stock.school.pk]))
    assert "Vidéoprojecteur interactif" in response.content.decode()
    lines = first_of_each_kind(response.context["lines"])
    assert (lines["projector"].need.least, lines["projector"].there, lines["projector"].missing) == (3, 1, 2)
    assert lines["board"].missing == 3 and lines["link"].there is None and lines["cart"].there == 1
    assert lines["pc"].there == 0  # the master computer is the cart's
    # Each by the one that knows: links by the premises, carts by the inventory, and no line by two pages.
    assert (lines["link"].noted, lines["cart"].noted, lines["projector"].noted) == (None, None, None)
    assert lines["link"].basis == lines["projector"].basis == "inconnu", "nothing is noted yet: that is no zero"
    kit = current_kits(stock.school.city, TODAY)[0]
    for label in ("CP", "CE1"):
        received = {"label": label, "kit": kit, "accepted_on": TODAY, "source": "PV"}
        record_acceptance(person=None, school=stock.school, now=NOW, **received)
    projector = first_of_each_kind(lines_of(stock, kit))["projector"]
    assert (projector.noted, projector.there, projector.missing) == (2, 1, 1)
    sheet = page_of(stock, client, "head", reverse("inventory:need_export", args=[stock.school.pk, "csv"]))
    assert ";2;classes reçues avec ce kit;1;" in sheet.content.decode("utf-8-sig")
    actions.report_missing(person=None, asset=stock.projector, now=NOW)
    assert first_of_each_kind(lines_of(stock, kit))["projector"].there == 0


def test_a_second_cart_meets_the_dispositif_before_what_the_school_may_have_more(stock):
    """One cart at least for its floor, two at most, and one for its ULIS: two are there, nothing lacks."""
    publish_kit(stock)
    premises.open_inclusion(person=None, school=stock.school, option="ulis", starts_on=TODAY, now=NOW)
    kit = current_kits(stock.school.city, TODAY)[0]
    carts = [line for line in lines_of(stock, kit) if line.need.kind == "cart"]
    assert [(line.need.least, line.need.most, line.there) for line in carts] == [(1, 2, 1), (1, 1, 0)]
    actions.receive_assets(
        person=None, school=stock.school, items=[Delivered("cart", "Chariot ULIS")], delivery_ref="", now=NOW
    )
    carts = [line for line in lines_of(stock, kit) if line.need.kind == "cart"]
    assert [(line.there, line.missing) for line in carts] == [(1, 0), (1, 0)]


def lines_of(stock, kit):
    return needs_against_stock(stock.school, need_of(stock.school, kit, TODAY))


def first_of_each_kind(lines):
    return {line.need.kind: line for line in reversed(lines)}


PAGES = {
    "list": lambda stock: "/plan/inventaire/",
    "filtered": lambda stock: f"/plan/inventaire/?ecole={stock.school.pk}&q=portable&nature=laptop",
    "detail": lambda stock: detail(stock.cart),
    "school": lambda stock: reverse("inventory:school_stock", args=[stock.school.pk]),
    "needs": lambda stock: reverse("inventory:school_needs", args=[stock.school.pk]),
    "move": lambda stock: reverse("inventory:asset_place", args=[stock.cart.pk]),
    "labels": lambda stock: "/plan/inventaire/etiquettes/",
    "export": lambda stock: "/plan/inventaire.csv",
}


@pytest.mark.parametrize("name", PAGES)
def test_pages_ask_ten_queries_at_most_whatever_the_stock(stock, client, name):
    path = PAGES[name](stock)
    publish_kit(stock)
    stock.world.sign_in(client, "city_it").get(path)
    few = queries_of(client, path)
    fill(stock, 2000)
    assert queries_of(client, path) == few <= 10


def queries_of(client, path):
    return measured(client, path)[0]


def measured(client, path):
    """(queries, bytes) of a page."""
    with CaptureQueriesContext(connection) as found:
        response = client.get(path)
    assert response.status_code == 200
    return len(found), len(response.content)


def counted(stock):
    """A walk of the school that met nothing: every thing of it waits for a person."""
    at = NOW + timedelta(seconds=1)
    session = actions.record_count(
        person=None, school=stock.school, client_id=uuid4(), tags=[], counted_at=at, source="screen", now=at
    )
    return reverse("inventory:count_detail", args=[session.pk])


def test_no_page_grows_with_twenty_thousand_things(stock, client):
    stock.world.sign_in(client, "city_it")
    of_school = [reverse(f"inventory:{name}", args=[stock.school.pk]) for name in ("school_stock", "count_list")]
    paths = ["/plan/inventaire/", "/plan/inventaire/?q=portable&page=2", "/plan/inventaire/etiquettes/", *of_school]
    paths.append(reverse("inventory:count_walk", args=[stock.school.pk]))
    fill(stock, 500)
    few = [measured(client, path) for path in (*paths, counted(stock))]
    fill(stock, 19_500)
    for path, (queries, size) in zip((*paths, counted(stock)), few, strict=True):
        many_queries, many_size = measured(client, path)
        assert many_queries == queries <= 10 and many_size <= size + 1500, (
            path,
            many_queries,
            queries,
            many_size,
            size,
        )


def fill(stock, count):
    """So many laptops in the school's rooms, written at once."""
    rooms = list(stock.rooms.values())
    made = [
        Asset(
            city=stock.school.city, school=stock.school, room=rooms[n % 2], kind=Kind.LAPTOP, label=f"Portable {n % 9}",
            label_key=f"portable {n % 9}", tag=tag, state=State.DEPLOYED, state_on=TODAY, placed_at=NOW,
        )
        for n, tag in enumerate({draw_tag() for _ in range(count)} - set(Asset.objects.values_list("tag", flat=True)))
    ]  # fmt: skip
    Asset.objects.bulk_create(made, batch_size=400)


@pytest.mark.parametrize("actor", ["city_it", "dsden", "trainer", "head", "ien"])
def test_the_list_goes_on_from_school_to_school_without_losing_a_thing(stock, client, actor):
    """Pages read the schools they show: put end to end, they are the whole list in its order, each its own sight."""
    fill(stock, 130)
    for school in (*stock.world.schools.values(), None):
        city = school.city if school else stock.school.city
        actions.receive_assets(
            person=None, school=school, city=city, room=None, items=[Delivered("tablet", "Tablette", 7)],
            delivery_ref="BL 14", now=NOW,
        )  # fmt: skip
    for asset in Asset.objects.filter(school__city=stock.school.city, kind="tablet").exclude(school=stock.school)[:3]:
        actions.lend_asset(person=None, asset=asset, school=stock.school, now=NOW)
    person = stock.world.people[actor]
    mine = schools_visible_to(person, TODAY)
    steered = cities_steered_by(person, TODAY)
    seen = Q(school__in=mine) | Q(loaned_to__in=mine) | Q(school=None, city__in=steered)
    wanted = [str(key) for key in in_order(Asset.objects.filter(seen)).values_list("id", flat=True)]
    stock.world.sign_in(client, actor)
    pages = (client.get(f"/plan/inventaire/?page={n}").content.decode() for n in range(1, len(wanted) // BY_PAGE + 2))
    link = re.compile(r'<th scope="row"><a href="/plan/inventaire/([0-9a-f-]{36})/')
    assert [key for page in pages for key in link.findall(page)] == wanted and len(wanted) > 150


def test_a_school_that_every_page_says_up_to_date_lacks_nothing(stock, client):
    publish_kit(stock)
    kit = current_kits(stock.school.city, TODAY)[0]
    told = {"person": None, "school": stock.school, "kit": kit, "accepted_on": TODAY, "source": "PV", "now": NOW}
    pages = ("inventory:school_needs", "equipment:school_detail")
    need, school = (reverse(name, args=[stock.school.pk]) for name in pages)
    for label in ("CP", "CE1"):
        record_acceptance(label=label, **told)
    before = page_of(stock, client, "city_it", need)
    assert 'data-is="stop">' in before.text and "oui, kit v1" not in client.get(school).text
    record_acceptance(label="CM2", **told)
    after = client.get(need)
    assert "oui, kit v1" in client.get(school).text
    assert 'data-is="stop">' not in after.text and "L’école est à niveau" in after.text
    board = next(line for line in after.context["lines"] if line.untraced)
    assert board.missing == 0 and f"{board.untraced} à noter" in after.text
