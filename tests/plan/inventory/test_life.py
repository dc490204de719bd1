"""The life of an asset (plan.md W6): what may follow what, who may, and what each end needs."""

import datetime

import pytest
from django.db import IntegrityError, transaction

from preau.journal.models import Entry
from preau.kit.answers import Conflict, Refused
from preau.plan.inventory import actions
from preau.plan.inventory.actions import ChangedSince, Delivered, Erasure
from preau.plan.inventory.models import Asset, Kind, Retirement, State, clean_tag, is_tag
from tests.plan.inventory.conftest import NOW, TODAY, deck_cart, tell_of_wifi

ERASED = Erasure("Informatique des écoles", "overwrite", TODAY, "CE-1")


def test_a_delivery_makes_a_cart_with_its_slots_and_one_tag_each(stock):
    assert sorted(a.slot for a in stock.cart.contents.all()) == ["1", "2", "3", "4", "5", "6", "7", "B", "M"]
    assert len({a.tag for a in Asset.objects.all()}) == 11 and all(is_tag(a.tag) for a in Asset.objects.all())
    assert Entry.objects.filter(verb="asset_received").count() == 11


def test_a_tag_is_read_whatever_the_case_the_spaces_and_the_confused_signs():
    assert clean_tag(" ab5-o2u ") == "A85Q2V"
    assert clean_tag("https://ecoles.example/plan/bien/ACD234/") == "ACD234"
    assert not is_tag(clean_tag("I23456")) and not is_tag("ACD23")


def test_what_lies_in_a_cart_follows_it(stock):
    actions.report_missing(person=None, asset=stock.laptops[0], now=NOW)
    actions.place_asset(person=None, asset=stock.cart, school=stock.school, room=stock.rooms["cm2"], now=NOW)
    assert set(stock.cart.contents.values_list("room", flat=True)) == {stock.rooms["cm2"].pk}
    assert stock.again(stock.laptops[0]).state == State.MISSING and stock.again(stock.laptops[0]).slot == "1"
    actions.place_asset(person=None, asset=stock.cart, school=None, now=NOW)
    assert stock.again(stock.laptops[1]).state == State.IN_STOCK and stock.again(stock.laptops[1]).school is None


def test_a_cart_is_lent_and_given_back_with_what_it_holds(stock):
    actions.send_to_repair(person=None, asset=stock.laptops[0], note="écran", now=NOW)
    saules = stock.world.schools["saules"]
    tell_of_wifi(saules)
    actions.lend_asset(person=None, asset=stock.cart, school=saules, now=NOW)
    assert stock.cart.contents.filter(loaned_to=saules, state=State.LOANED).count() == 8
    actions.place_asset(person=None, asset=stock.cart, school=stock.school, room=stock.rooms["cpb"], now=NOW)
    assert stock.cart.contents.filter(state=State.DEPLOYED, loaned_to=None).count() == 8
    assert stock.again(stock.laptops[0]).state == State.IN_REPAIR


def test_nothing_is_due_back_on_a_day_already_gone(stock):
    yesterday, saules = TODAY - datetime.timedelta(days=1), stock.world.schools["saules"]
    for send, given in ((actions.send_to_repair, {"note": "x"}), (actions.lend_asset, {"school": saules})):
        with pytest.raises(Conflict, match="passée"):
            send(person=None, asset=stock.projector, due_on=yesterday, now=NOW, **given)
    assert stock.again(stock.projector).state == State.DEPLOYED
    assert actions.send_to_repair(person=None, asset=stock.projector, note="x", due_on=TODAY, now=NOW).due_on == TODAY


def test_a_slot_holds_one_thing_of_its_kind(stock):
    (spare,) = actions.receive_assets(
        person=None, school=stock.school, items=[Delivered(Kind.TABLET, "Tablette")], delivery_ref="", now=NOW
    )
    with pytest.raises(Conflict, match="prise"):
        actions.put_in_cart(person=None, asset=spare, cart=stock.cart, slot="1", now=NOW)
    with pytest.raises(Conflict, match="ne reçoit pas"):
        actions.put_in_cart(person=None, asset=spare, cart=stock.cart, slot="B", now=NOW)
    with pytest.raises(Conflict, match="ne reçoit pas"):
        actions.put_in_cart(person=None, asset=spare, cart=stock.cart, slot="8", now=NOW)
    actions.place_asset(person=None, asset=stock.laptops[0], school=None, now=NOW)
    put = actions.put_in_cart(person=None, asset=spare, cart=stock.cart, slot="1", now=NOW)
    assert (put.state, put.room, put.slot) == (State.DEPLOYED, stock.rooms["cpb"], "1")


def test_a_thing_with_a_memory_is_retired_with_its_erasure_only(stock):
    laptop = stock.laptops[0]
    with pytest.raises(Conflict, match="mémoire"):
        actions.retire_asset(person=None, asset=laptop, reason="broken", now=NOW)
    tomorrow = Erasure("Informatique", "overwrite", TODAY + datetime.timedelta(days=1))
    with pytest.raises(Conflict, match="pas encore"):
        actions.retire_asset(person=None, asset=laptop, reason="broken", erasure=tomorrow, now=NOW)
    retirement = actions.retire_asset(person=None, asset=laptop, reason="broken", erasure=ERASED, now=NOW)
    laptop = stock.again(laptop)
    assert (laptop.state, laptop.cart, laptop.retired_on) == (State.RETIRED, None, TODAY) and retirement.needs_erasure
    actions.retire_asset(person=None, asset=stock.projector, reason="obsolete", now=NOW)  # no memory, no certificate
    with pytest.raises(Conflict, match="à qui"):
        actions.dispose_asset(person=None, asset=laptop, way="waste", beneficiary="", now=NOW)
    actions.dispose_asset(person=None, asset=laptop, way="waste", beneficiary="Écologic", now=NOW)
    assert stock.again(laptop).disposed_on == TODAY
    with pytest.raises(Conflict):
        actions.place_asset(person=None, asset=laptop, school=None, now=NOW)


def test_what_is_lost_needs_its_report_and_is_never_given_away(stock):
    laptop = actions.report_missing(person=None, asset=stock.laptops[0], now=NOW)
    with pytest.raises(Conflict, match="perdu ou volé"):
        actions.retire_asset(person=None, asset=laptop, reason="broken", erasure=ERASED, now=NOW)
    with pytest.raises(Conflict, match="déclaration"):
        actions.retire_asset(person=None, asset=laptop, reason="stolen", now=NOW)
    actions.retire_asset(person=None, asset=laptop, reason="stolen", report_ref="PV 8", now=NOW)
    with pytest.raises(Conflict, match="retrouvé"):
        actions.dispose_asset(person=None, asset=laptop, way="donation", beneficiary="Association", now=NOW)
    back = actions.place_asset(person=None, asset=laptop, school=None, is_in_use=False, now=NOW)
    assert back.state == State.IN_STOCK and back.retired_on is None
    assert Retirement.objects.get().cancelled_at == NOW
    with pytest.raises(Conflict, match="mémoire"):
        actions.retire_asset(person=None, asset=laptop, reason="broken", now=NOW)


def test_a_cart_is_not_retired_with_things_in_it(stock):
    with pytest.raises(Conflict, match="sortez-les"):
        actions.retire_asset(person=None, asset=stock.cart, reason="broken", now=NOW)


def test_the_second_of_two_is_told_what_changed(stock):
    seen = stock.projector.version
    actions.send_to_repair(person=None, asset=stock.projector, note="lampe", now=NOW, version=seen)
    with pytest.raises(ChangedSince, match="en réparation"):
        actions.report_missing(person=None, asset=stock.projector, now=NOW, version=seen)
    assert stock.again(stock.projector).state == State.IN_REPAIR


def test_no_access_point_is_put_in_use_before_the_council_was_told(stock):
    saules = stock.world.schools["saules"]
    with pytest.raises(Conflict, match="conseil d’école"):
        actions.place_asset(person=None, asset=stock.cart, school=saules, now=NOW)
    with pytest.raises(Conflict, match="conseil d’école"):
        actions.receive_assets(
            person=None, school=saules, items=[deck_cart(1)], delivery_ref="", now=NOW, state="deployed"
        )
    actions.place_asset(person=None, asset=stock.cart, school=saules, is_in_use=False, now=NOW)
    stock.rooms["cm2"].kind = "under_threes"
    stock.rooms["cm2"].save()
    with pytest.raises(Conflict, match="trois ans"):
        actions.place_asset(person=None, asset=stock.cart, school=stock.school, room=stock.rooms["cm2"], now=NOW)


@pytest.mark.parametrize("name", ["cart", "access_point"])
def test_no_access_point_is_lent_to_a_school_whose_council_was_not_told(stock, name):
    asset, saules = getattr(stock, name), stock.world.schools["saules"]
    with pytest.raises(Conflict, match="conseil d’école.*pour prêter"):
        actions.lend_asset(person=None, asset=asset, school=saules, now=NOW)
    assert not Asset.objects.filter(state=State.LOANED).exists()
    actions.lend_asset(person=None, asset=stock.laptops[0], school=saules, now=NOW)  # no radio of its own
    tell_of_wifi(saules)
    assert actions.lend_asset(person=None, asset=asset, school=saules, now=NOW).loaned_to == saules


def test_a_serial_is_known_once(stock):
    before = Asset.objects.count()
    items = [Delivered(Kind.TABLET, "Tablette", serials=("A1",)), Delivered(Kind.TABLET, "Tablette", serials=("a 1",))]
    with pytest.raises(Conflict, match="déjà"):
        actions.receive_assets(person=None, school=stock.school, items=items, delivery_ref="", now=NOW)
    assert Asset.objects.count() == before


def test_an_order_that_will_not_come_is_cancelled(stock):
    (asset,) = actions.receive_assets(
        person=None,
        school=stock.school,
        items=[Delivered(Kind.BOARD, "Tableau")],
        delivery_ref="",
        now=NOW,
        state="expected",
    )
    actions.cancel_expected(person=None, asset=asset, now=NOW)
    assert not Asset.objects.filter(pk=asset.pk).exists() and Entry.objects.filter(verb="asset_cancelled").exists()
    with pytest.raises(Conflict):
        actions.cancel_expected(person=None, asset=stock.projector, now=NOW)


WRITERS = {"city_it", "dsden", "erun"}


@pytest.mark.parametrize(
    "actor",
    ["city_it", "dsden", "erun", "city_education", "city_finance", "elected", "dan", "ien", "head", "teacher",
     "ien_other", "city_education_far", "trainer"],
)  # fmt: skip
def test_technicians_alone_write(stock, actor):
    person = stock.world.people[actor]
    if actor in WRITERS:
        actions.report_missing(person=person, asset=stock.projector, now=NOW)
    else:
        with pytest.raises(Refused):
            actions.report_missing(person=person, asset=stock.projector, now=NOW)
        assert stock.again(stock.projector).state == State.DEPLOYED


def test_each_authority_retires_and_prices_what_it_paid(stock):
    city, state = stock.world.people["city_it"], stock.world.people["dsden"]
    with pytest.raises(Refused, match="Ville"):
        actions.retire_asset(person=state, asset=stock.projector, reason="broken", now=NOW)
    with pytest.raises(Refused, match="État"):
        item = Delivered(Kind.BOARD, "Tableau", price_cents=1, funding="state")
        actions.receive_assets(person=city, school=stock.school, items=[item], delivery_ref="", now=NOW)
    item = Delivered(Kind.BOARD, "Tableau", price_cents=50000, funding="state")
    (board,) = actions.receive_assets(person=state, school=stock.school, items=[item], delivery_ref="", now=NOW)
    with pytest.raises(Refused, match="payé par l’État"):
        actions.retire_asset(person=city, asset=board, reason="broken", now=NOW)
    facts = {"label": "Tableau", "serial": "", "delivery_ref": "", "regime": "unknown"}
    for person, asset, funding in ((city, board, "city"), (state, stock.projector, "state")):
        with pytest.raises(Refused, match="prix"):
            actions.correct_asset(person=person, asset=asset, funding=funding, price_cents=1, now=NOW, **facts)
    assert stock.again(board).price_cents == 50000
    actions.retire_asset(person=state, asset=board, reason="broken", now=NOW)


IMPOSSIBLE = {
    "loan without a school": {"state": "loaned"},
    "retired without its day": {"state": "retired"},
    "in use nowhere": {"school": None, "room": None, "state": "deployed"},
    "room without school": {"school": None, "state": "in_stock"},
    "slot without cart": {"slot": "1"},
    "slots of no cart": {"slots_count": 7},
    "disposed without its day": {"state": "disposed", "retired_on": TODAY},
    "due here": {"due_on": TODAY},
    "retired in a cart": {"state": "retired", "retired_on": TODAY, "cart": "cart", "slot": "M", "kind": "pc"},
    "two in a slot": {"cart": "cart", "slot": "1"},
    "cart in a cart": {"kind": "cart", "slots_count": 1, "cart": "cart", "slot": "9"},
    "one serial twice": {"kind": "laptop", "serial_key": "sn1"},
    "one label twice": {"tag": "cart"},
}


@pytest.mark.parametrize("fields", IMPOSSIBLE.values(), ids=IMPOSSIBLE)
def test_the_base_refuses_what_rules_refuse(stock, fields):
    cart = {"cart": stock.cart, "tag": stock.cart.tag}
    fields = {name: cart[name] if value == "cart" and name in cart else value for name, value in fields.items()}
    with pytest.raises(IntegrityError), transaction.atomic():
        Asset.objects.filter(pk=stock.projector.pk).update(**fields)


def test_the_base_refuses_a_retirement_without_its_erasure(stock):
    who_and_how = {"erased_by": "DSI", "erasure_method": "overwrite"}
    for fields in (
        {"reason": "broken", "needs_erasure": True, **who_and_how},
        {"reason": "broken", "needs_erasure": True, "erased_on": TODAY, "erased_by": "DSI"},
        {"reason": "lost", "needs_erasure": False},
        {"reason": "broken", "needs_erasure": False, "way": "waste", "beneficiary": "Écologic"},
        {
            "reason": "lost",
            "needs_erasure": False,
            "report_ref": "1",
            "way": "donation",
            "beneficiary": "x",
            "disposed_on": TODAY,
        },
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Retirement.objects.create(asset=stock.projector, retired_on=TODAY, **fields)
