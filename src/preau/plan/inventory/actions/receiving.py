"""Things arrive: expected, delivered, or found there."""

from dataclasses import dataclass, replace
from datetime import date

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from preau.kit.answers import Conflict, allow, require
from preau.kit.money import NBSP
from preau.kit.names import name_key
from preau.plan.equipment.models import TaxRegime
from preau.plan.inventory.actions.writing import journal, locked, refuse_radio
from preau.plan.inventory.models import Asset, Funding, Kind, State, draw_tag, is_tag, signs_of
from preau.plan.inventory.rules import can_price_assets, can_write_assets


@dataclass(frozen=True)
class Delivered:
    """Like things of one delivery: as many as `serials`, else `quantity`. `contents` fill the slots of one cart."""

    kind: str
    label: str
    quantity: int = 1
    serials: tuple[str, ...] = ()
    funding: str = Funding.UNKNOWN
    price_cents: int | None = None  # of one
    regime: str = TaxRegime.UNKNOWN
    tag: str = ""  # of a single thing whose label is stuck already
    slot: str = ""
    slots_count: int = 7  # of a cart (mission D9)
    contents: tuple["Delivered", ...] = ()

    @property
    def serials_of_each(self) -> tuple[str, ...]:
        return self.serials or ("",) * self.quantity


@transaction.atomic
def receive_assets(
    *,
    person,
    school,
    items,
    delivery_ref,
    now,
    city=None,
    room=None,
    received_on: date | None = None,
    state=State.IN_STOCK,
    due_on: date | None = None,
) -> list[Asset]:
    """Makes the assets of a delivery, each with its tag. Without school they are in the city's store (`city`).

    `state` is in stock, deployed (in use in the school) or expected (ordered). Raises Conflict, Refused.
    """
    city = city or school.city
    allow(can_write_assets, person, city, school, now=now)
    for item in items:
        _refuse_price(person, city, item, now)
    place = _Place(city, school, room, delivery_ref, received_on, state, due_on, now)
    made = []
    try:
        with transaction.atomic():
            for item in items:
                made += _make(place, item)
    except IntegrityError:
        raise Conflict(_known_already(city, items)) from None
    verb = "asset_expected" if state == State.EXPECTED else "asset_received"
    for asset in made:
        journal(person=person, subject=asset, verb=verb, now=now, place=school or city)
    return made


def _known_already(city, items):
    """Says which number: thirty are not compared by eye."""
    for part in (part for item in items for part in (item, *item.contents)):
        keys = [name_key(signs_of(serial)) for serial in part.serials if serial]
        for same in Asset.objects.filter(city=city, kind=part.kind, serial_key__in=keys):
            return f"Le numéro de série {same.serial} est déjà dans l’inventaire{NBSP}: {same}."
    return "Un numéro de série ou une étiquette de cette livraison est déjà dans l’inventaire."


def _refuse_price(person, city, item, now):
    for part in (item, *item.contents):
        if part.price_cents is not None and person is not None:
            require(can_price_assets(person, city, part.funding, localdate(now)))


@dataclass(frozen=True)
class _Place:
    city: object
    school: object
    room: object
    delivery_ref: str
    received_on: date | None
    state: str
    due_on: date | None
    now: object
    cart: object = None


def _make(place, item) -> list[Asset]:
    if item.tag and not is_tag(item.tag):
        raise Conflict(f"«\u00a0{item.tag}\u00a0» n’est pas une étiquette\u00a0: écrivez ses six signes.")
    refuse_radio(kind=item.kind, school=place.school, room=place.room, state=place.state, now=place.now)
    made = []
    for serial in item.serials_of_each:
        asset = Asset(
            city=place.city,
            school=place.school,
            room=place.room,
            cart=place.cart,
            slot=item.slot,
            slots_count=item.slots_count if item.kind == Kind.CART else None,
            kind=item.kind,
            label=item.label,
            serial=serial,
            tag=item.tag or free_tag(city=place.city),
            state=place.state,
            state_on=localdate(place.now),
            placed_at=place.now,
            due_on=place.due_on,
            received_on=place.received_on,
            delivery_ref=place.delivery_ref,
            funding=item.funding,
            price_cents=item.price_cents,
            regime=item.regime,
        )
        asset.save(force_insert=True)
        made.append(asset)
    if item.contents:
        inside = replace(place, cart=made[0])
        for part in item.contents:
            made += _make(inside, part)
    return made


def free_tag(*, city) -> str:
    """A tag that no asset of the city bears."""
    while True:
        tag = draw_tag()
        if not Asset.objects.filter(city=city, tag=tag).exists():
            return tag


@transaction.atomic
def cancel_expected(*, person, asset, now, version=None) -> None:
    """An order that will not come: the row goes, the journal keeps that it was."""
    asset = locked(person=person, asset=asset, now=now, version=version)
    if asset.state != State.EXPECTED:
        raise Conflict("Seul un bien attendu s’annule.")
    if asset.contents.exists():
        raise Conflict("Ce chariot attend des biens\u00a0: annulez-les d’abord.")
    journal(person=person, subject=asset, verb="asset_cancelled", now=now, place=asset.school or asset.city)
    asset.delete()
