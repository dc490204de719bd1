"""An asset is away: in repair, on loan, missing. It keeps its place; `place_asset` brings it back."""

from datetime import date

from django.db import transaction
from django.utils.timezone import localdate

from preau.kit.answers import Conflict, require
from preau.kit.dates import PAST_DAY
from preau.plan.inventory.actions.writing import locked, refuse_radio, write
from preau.plan.inventory.models import GONE, HERE, Asset, OffSwitch, State
from preau.plan.inventory.rules import can_declare_off_switch, can_price_assets

AWAY = ("state", "state_on", "placed_at", "note", "loaned_to", "due_on")


@transaction.atomic
def send_to_repair(*, person, asset, note, now, due_on: date | None = None, version=None) -> Asset:
    """`note` says what is wrong and where it went. Raises Conflict, Refused."""
    return _send(person, asset, State.IN_REPAIR, "asset_sent_to_repair", now, version, note=note, due_on=due_on)


@transaction.atomic
def lend_asset(*, person, asset, school, now, due_on: date | None = None, note="", version=None) -> Asset:
    """Lends an asset to another school of the city, which reads it from then on; a cart goes with what it holds. Raises
    Conflict, Refused."""
    if school.city_id != asset.city_id or school.pk == asset.school_id:
        raise Conflict("Choisissez une autre école de la même Ville.")
    lent = {"note": note, "due_on": due_on, "loaned_to": school}
    asset = _send(person, asset, State.LOANED, "asset_lent", now, version, **lent)
    if asset.is_cart:
        for part in asset.contents.filter(state__in=HERE).order_by("id"):
            _send(person, part, State.LOANED, "asset_lent", now, None, **lent)
    return asset


@transaction.atomic
def report_missing(*, person, asset, now, note="", version=None) -> Asset:
    """Not found where it should be; its slot of a cart stays its own."""
    return _send(person, asset, State.MISSING, "asset_missing", now, version, note=note)


def _send(person, asset, state, verb, now, version, *, note, due_on=None, loaned_to=None):
    asset = locked(person=person, asset=asset, now=now, version=version, state=state)
    if asset.state == state:
        raise Conflict(f"Ce bien est déjà {asset.get_state_display()}.")
    if due_on is not None and due_on < localdate(now):
        raise Conflict(PAST_DAY)
    if loaned_to is not None:
        refuse_radio(kind=asset.kind, school=loaned_to, room=None, state=state, now=now)
    asset.state, asset.state_on, asset.placed_at = state, localdate(now), now
    asset.note, asset.due_on, asset.loaned_to = note, due_on, loaned_to
    return write(person=person, asset=asset, verb=verb, fields=AWAY, now=now)


@transaction.atomic
def correct_asset(
    *, person, asset, label, serial, delivery_ref, funding, price_cents, regime, now, version=None
) -> Asset:
    """Mends what was written about it; what was paid only by whoever paid. Raises Conflict for a known serial."""
    asset = locked(person=person, asset=asset, now=now, version=version)
    if asset.state in GONE:
        raise Conflict("Un bien réformé ne se corrige plus\u00a0: son certificat dit ce qu’il était.")
    given = {
        "label": label, "serial": serial, "delivery_ref": delivery_ref, "funding": funding,
        "price_cents": price_cents, "regime": regime,
    }  # fmt: skip
    changed = [name for name, value in given.items() if getattr(asset, name) != value]
    if person is not None and {"funding", "price_cents", "regime"} & set(changed):
        for payer in {asset.funding, funding}:
            require(can_price_assets(person, asset.city, payer, localdate(now)))
    if not changed:
        return asset
    for name in changed:
        setattr(asset, name, given[name])
    return write(
        person=person, asset=asset, verb="asset_corrected", fields=[*changed, "label_key", "serial_key"], now=now
    )


@transaction.atomic
def declare_off_switch(*, person, asset, off_switch, now, version=None) -> Asset:
    """Says how an access point goes off while no class uses it. Raises Conflict, Refused."""
    asset = locked(person=person, asset=asset, now=now, version=version)
    if person is not None:
        require(can_declare_off_switch(person, asset, localdate(now)))
    if not asset.is_radio or asset.state in GONE:
        raise Conflict("Seule une borne Wi-Fi de l’inventaire s’éteint ainsi.")
    if off_switch == OffSwitch.CART and asset.cart_id is None:
        raise Conflict("Cette borne n’est pas dans un chariot\u00a0: dites autrement comment elle s’éteint.")
    if asset.off_switch == off_switch:
        return asset
    asset.off_switch = off_switch
    return write(person=person, asset=asset, verb="off_switch_declared", fields=["off_switch"], now=now)
