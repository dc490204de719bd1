"""Where an asset is now: a room, a cart, the store. Coming back from anywhere is one gesture."""

from django.db import transaction
from django.utils.timezone import localdate

from preau.kit.answers import Conflict, allow, require
from preau.plan.inventory.actions.writing import locked, refuse_radio, seal, write
from preau.plan.inventory.models import CART_HOLDS, HERE, Asset, Kind, Retirement, State
from preau.plan.inventory.queries import CANCELLED
from preau.plan.inventory.rules import can_retire_asset, can_write_assets

FIELDS = (
    "school", "room", "cart", "slot", "state", "state_on", "placed_at", "note", "loaned_to", "due_on", "retired_on",
    "received_on", "off_switch",
)  # fmt: skip
# What being here again means, by where the asset was.
VERBS = {
    State.EXPECTED: "asset_received", State.IN_REPAIR: "asset_repaired", State.LOANED: "asset_given_back",
    State.MISSING: "asset_found", State.RETIRED: "asset_reinstated",
}  # fmt: skip


@transaction.atomic
def place_asset(*, person, asset, school, now, room=None, is_in_use=True, version=None) -> Asset:
    """Puts an asset in a school (its room, if known) or, without school, in the city's store; out of any cart.

    It is deployed when `is_in_use`, else in stock. Comes back so from repair, loan, being missing, or retirement.
    What lies in a cart follows it. Raises Conflict, Refused.
    """
    state = State.DEPLOYED if is_in_use and school else State.IN_STOCK
    asset = locked(person=person, asset=asset, now=now, version=version, state=state)
    _refuse_place(person, asset, school, room, now)
    refuse_radio(kind=asset.kind, school=school, room=room, state=state, now=now)
    _take_back(person, asset, now)
    former, verb = asset.state, VERBS.get(asset.state, "asset_moved")
    _set_place(asset, school, room, None, "", state, now)
    write(person=person, asset=asset, verb=verb, fields=FIELDS, now=now)
    if asset.is_cart:
        _bring_contents(person, asset, former, now)
    return asset


@transaction.atomic
def put_in_cart(*, person, asset, cart, slot, now, version=None) -> Asset:
    """Puts an asset in a free slot; it takes the cart's school, room and state. Raises Conflict."""
    cart = locked(person=person, asset=cart, now=now)
    asset = locked(person=person, asset=asset, now=now, version=version, state=cart.state)
    if cart.kind != Kind.CART or cart.state not in HERE or cart.city_id != asset.city_id:
        raise Conflict("Choisissez un chariot en service ou en réserve de la même Ville.")
    if slot not in cart.slots or asset.kind not in CART_HOLDS.get(slot, CART_HOLDS["pupil"]):
        raise Conflict("Cette place ne reçoit pas ce matériel\u00a0: choisissez-en une autre.")
    if (holder := cart.contents.filter(slot=slot).exclude(pk=asset.pk).first()) is not None:
        raise Conflict(f"Cette place est prise par {holder}\u00a0: sortez-le d’abord.")
    _take_back(person, asset, now)
    verb = VERBS.get(asset.state, "asset_put_in_cart")
    _set_place(asset, cart.school, cart.room, cart, slot, cart.state, now)
    return write(person=person, asset=asset, verb=verb, fields=FIELDS, now=now)


def _refuse_place(person, asset, school, room, now):
    allow(can_write_assets, person, asset.city, school, now=now)
    if school is not None and school.city_id != asset.city_id:
        raise Conflict("Cette école est d’une autre Ville.")
    if room is not None and (school is None or room.building.school_id != school.pk):
        raise Conflict("Ce local n’est pas de cette école\u00a0: choisissez-en un autre.")


def _take_back(person, asset, now):
    """Retired or expected before: its former end is cancelled, its arrival is dated."""
    if asset.state == State.RETIRED:
        if person is not None:
            require(can_retire_asset(person, asset, localdate(now)))
        retirement = Retirement.objects.select_for_update().get(asset=asset, cancelled_at=None)
        retirement.asset, retirement.cancelled_at = asset, now
        retirement.save(update_fields=["cancelled_at"])
        seal(person=person, retirement=retirement, verb=CANCELLED, now=now)
        asset.retired_on = None
    if asset.state == State.EXPECTED:
        asset.received_on = localdate(now)


def _set_place(asset, school, room, cart, slot, state, now):
    if state != asset.state:
        asset.state_on = localdate(now)
    asset.off_switch = asset.off_switch_in(cart)
    asset.school, asset.room, asset.cart, asset.slot = school, room, cart, slot
    asset.state, asset.placed_at = state, now
    asset.note, asset.loaned_to, asset.due_on = "", None, None


def _bring_contents(person, cart, former, now):
    """Each thing of a cart goes with it, and comes back with it; what is away by itself keeps its slot and state."""
    follow = {*HERE, former} if former in (State.EXPECTED, State.LOANED) else {*HERE}
    for part in Asset.objects.select_for_update(of=("self",)).select_related("city").filter(cart=cart).order_by("id"):
        part.school, part.room, part.placed_at = cart.school, cart.room, now
        if part.state in follow:
            _take_back(person, part, now)
            _set_place(part, cart.school, cart.room, cart, part.slot, cart.state, now)
        write(person=person, asset=part, verb="asset_moved", fields=FIELDS, now=now)
