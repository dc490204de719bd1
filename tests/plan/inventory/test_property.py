"""Whatever is asked of an asset and of its cart, in whatever order, no forbidden state is reached."""

from contextlib import suppress
from uuid import uuid4

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from preau.kit.answers import Conflict
from preau.kit.tables import write_csv
from preau.plan.inventory import actions
from preau.plan.inventory.actions import Delivered, Erasure
from preau.plan.inventory.models import CART_HOLDS, GONE, NEXT, Asset, Kind, Retirement, State
from preau.plan.sheets.actions import assets as sheets
from tests.plan.inventory.conftest import LATE_TAG, NOW, TODAY, deck_cart, tell_of_wifi
from tests.sharing import walks

ERASED = Erasure("Informatique des écoles", "overwrite", TODAY)
SCHOOLS = ("", "tilleuls", "saules")
STEPS = st.one_of(
    st.tuples(
        st.just("place"), st.fixed_dictionaries({"school": st.sampled_from(SCHOOLS), "is_in_use": st.booleans()})
    ),
    st.tuples(st.just("cart"), st.fixed_dictionaries({"slot": st.sampled_from(["1", "2", "3", "M", "B", "9"])})),
    st.tuples(st.just("repair"), st.just({"note": ""})),
    st.tuples(st.just("lend"), st.fixed_dictionaries({"school": st.sampled_from(SCHOOLS[1:])})),
    st.tuples(st.just("miss"), st.just({})),
    st.tuples(
        st.just("retire"),
        st.fixed_dictionaries(
            {
                "reason": st.sampled_from(Retirement.Reason.values),
                "report_ref": st.sampled_from(["", "PV"]),
                "erasure": st.sampled_from([None, ERASED]),
            }
        ),
    ),
    st.tuples(
        st.just("dispose"),
        st.fixed_dictionaries(
            {
                "way": st.sampled_from(Retirement.Way.values),
                "beneficiary": st.sampled_from(["", "Recyclerie"]),
            }
        ),
    ),
    st.tuples(st.just("correct"), st.fixed_dictionaries({"serial": st.sampled_from(["", "SN-1", "sn 2", "NEW"])})),
    st.tuples(st.just("receive"), st.fixed_dictionaries({"serial": st.sampled_from(["SN-1", "SN-2", "NEW"])})),
    st.tuples(
        st.just("count"),
        st.fixed_dictionaries(
            {
                "school": st.sampled_from(SCHOOLS[1:]),
                "is_seen": st.booleans(),
                "resolution": st.sampled_from(["placed", "missing", "left", "created"]),
            }
        ),
    ),
)
# Values that lead somewhere are drawn more often: most lines drawn evenly would be refused.
SHEETS = st.one_of(
    STEPS,
    *[
        st.tuples(
            st.just("sheet"),
            st.fixed_dictionaries(
                {
                    "state": st.sampled_from(["", "en service", "en réserve", "manquant"]),
                    "school": st.sampled_from(["", "Tilleuls", "Saules", "Saules", "réserve"]),
                    "slot": st.sampled_from([*[""] * 5, "1", "2", "M"]),
                    "serial": st.sampled_from([*[""] * 4, "SN-1", "NEW"]),
                    "is_undone": st.sampled_from([False, False, True]),
                }
            ),
        )
    ]
    * 6,
)
ACTS = {
    "place": actions.place_asset, "cart": actions.put_in_cart, "repair": actions.send_to_repair,
    "lend": actions.lend_asset, "miss": actions.report_missing, "retire": actions.retire_asset,
    "dispose": actions.dispose_asset,
}  # fmt: skip


@pytest.mark.long
@pytest.mark.django_db
@settings(max_examples=walks(40))
@given(steps=st.lists(st.tuples(st.integers(0, 5), STEPS), min_size=3, max_size=12))
def test_no_sequence_of_acts_reaches_a_forbidden_state(world, steps):
    play(world, steps)


@pytest.mark.long
@pytest.mark.django_db
@settings(max_examples=walks(40))
@given(steps=st.lists(st.tuples(st.sampled_from([0, 0, 1, 4, 5]), SHEETS), min_size=3, max_size=12))
def test_no_sequence_of_sheets_reaches_a_forbidden_state(world, steps):
    play(world, steps)


def play(world, steps):
    with transaction.atomic():
        tell_of_wifi(world.schools["tilleuls"])  # and not the other school: no access point is put in use there
        made = actions.receive_assets(
            person=None,
            school=world.schools["tilleuls"],
            delivery_ref="",
            now=NOW,
            items=[deck_cart(2), Delivered(Kind.LAPTOP, "Portable")],
        )
        for which, (name, given_values) in steps:
            before = states()
            attempt(world, made[0], made[which], name, dict(given_values))
            check(before)
        transaction.set_rollback(True)


def states():
    return {asset.pk: asset for asset in Asset.objects.all()}


def attempt(world, cart, asset, name, values):
    """One act; a refusal changes nothing."""
    before = list(Asset.objects.order_by("pk").values())
    try:
        if name in OTHERS:
            OTHERS[name](world, cart, asset, **values)
        else:
            if "school" in values:
                values["school"] = world.schools.get(values["school"])
            if name == "cart":
                values["cart"] = cart
            ACTS[name](person=None, asset=asset, now=NOW, **values)
    except Conflict:
        assert list(Asset.objects.order_by("pk").values()) == before, "a refusal changed something"


def correct(world, cart, asset, serial):
    actions.correct_asset(
        person=None,
        asset=asset,
        label=asset.label,
        serial=serial,
        delivery_ref="",
        funding="unknown",
        price_cents=None,
        regime="unknown",
        now=NOW,
    )


def receive(world, cart, asset, serial):
    items = [Delivered(Kind.LAPTOP, "Portable", serials=(serial,))]
    actions.receive_assets(person=None, school=world.schools["tilleuls"], items=items, delivery_ref="", now=NOW)


def count(world, cart, asset, school, is_seen, resolution):
    """A walk that meets this thing and an unknown label, or nothing; each observation settled one way."""
    tags = [asset.tag, LATE_TAG] if is_seen else []
    session = actions.record_count(
        person=None,
        school=world.schools[school],
        client_id=uuid4(),
        tags=tags,
        counted_at=NOW,
        source="screen",
        now=NOW,
    )
    for observation in session.observations.exclude(outcome="seen"):
        given_values = {"person": None, "observation": observation, "now": NOW}
        with suppress(Conflict):  # each by itself, as the page does
            if resolution == "created":
                actions.add_observed(kind="laptop", label="Portable", serial="SN-2", **given_values)
            else:
                actions.settle_observation(resolution=resolution, **given_values)


def sheet(world, cart, asset, state, school, slot, serial, is_undone):
    header = ("Étiquette", "Numéro de série", "État", "École", "Chariot", "Place")
    row = (asset.tag, serial, state, school, cart.tag if slot else "", slot)
    data, before = write_csv(header, [row]), list(Asset.objects.order_by("pk").values())
    draft = sheets.keep_draft(person=None, city=asset.city, name="i.csv", data=data, now=NOW)
    batch = sheets.apply_draft(person=None, draft=draft, now=NOW).batch
    assert sheets.apply_draft(person=None, draft=draft, now=NOW).batch is None, "the same sheet again changes nothing"
    if is_undone and batch:
        sheets.undo_import(person=None, city=asset.city, batch=batch, now=NOW)
        assert list(Asset.objects.order_by("pk").values()) == before


OTHERS = {"correct": correct, "receive": receive, "count": count, "sheet": sheet}


def check(before):
    assets = list(Asset.objects.select_related("cart", "school", "room__building").prefetch_related("retirements"))
    for asset in assets:
        if asset.pk in before:
            former = before[asset.pk].state
            steps = {former} | NEXT[former] | {after for step in NEXT[former] for after in NEXT[step]}
            assert asset.state in steps, (former, asset.state)
        check_place(asset)
        standing = [end for end in asset.retirements.all() if end.cancelled_at is None]
        assert len(standing) == (1 if asset.state in GONE else 0)
        if asset.state == State.DISPOSED and asset.holds_data:
            assert standing[0].erased_on is not None or standing[0].way == Retirement.Way.NEVER_FOUND
    serials = [(asset.kind, asset.serial_key) for asset in assets if asset.serial_key]
    assert len(serials) == len(set(serials)), "one serial number twice"
    slots = [(asset.cart_id, asset.slot) for asset in assets if asset.cart_id]
    assert len(slots) == len(set(slots)), "two things in one slot"


def check_place(asset):
    """In one place: its cart's, a room of its school, or the store."""
    if asset.cart:
        assert (asset.school_id, asset.room_id) == (asset.cart.school_id, asset.cart.room_id)
        assert asset.state not in GONE and asset.cart.state not in GONE
        assert asset.slot in asset.cart.slots and asset.kind in CART_HOLDS.get(asset.slot, CART_HOLDS["pupil"])
    if asset.room:
        assert asset.room.building.school_id == asset.school_id
    used_in = {State.DEPLOYED: asset.school, State.LOANED: asset.loaned_to}.get(asset.state)
    assert not (asset.kind in (Kind.CART, Kind.ACCESS_POINT) and used_in and used_in.slug == "saules")
