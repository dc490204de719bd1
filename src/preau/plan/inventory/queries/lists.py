"""The list of assets: what is wanted of it, its order, its table to take away."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Coalesce, Length

from preau.journal.models import Entry
from preau.kit.money import NBSP
from preau.kit.names import name_key
from preau.plan.inventory.models import CHIPS, GONE, Kind, State, clean_tag, shown

# What the journal's verbs are called on the page of an asset.
VERBS = {
    "asset_expected": "Commandé", "asset_received": "Livré", "asset_moved": "Déplacé",
    "asset_put_in_cart": "Mis dans un chariot", "asset_sent_to_repair": "Envoyé en réparation",
    "asset_repaired": "Revenu de réparation", "asset_lent": "Prêté", "asset_given_back": "Rendu",
    "asset_missing": "Noté manquant", "asset_found": "Retrouvé", "asset_corrected": "Fiche corrigée",
    "off_switch_declared": "Extinction de la borne déclarée",
    "asset_retired": "Réformé", "asset_reinstated": "Remis en réserve", "asset_disposed": "Sorti de l’inventaire",
}  # fmt: skip
HEADER = (
    "Étiquette", "Nature", "Désignation", "Numéro de série", "État", "École", "UAI", "Bâtiment", "Local", "Chariot",
    "Place", "Livré le", "Bon de livraison", "Financement", "Prix", "HT/TTC", "Places d’élèves", "Extinction",
)  # fmt: skip


@dataclass(frozen=True)
class Wanted:
    """What one looks for; everything empty wants all but what is gone."""

    text: str = ""
    city: str = ""  # its slug
    school: str = ""
    room: UUID | None = None
    state: str = ""
    kind: str = ""


def matching(assets, wanted: Wanted):
    """Those of an already visible set. A label typed or scanned, a serial number, or words of the designation."""
    if wanted.text:
        key = name_key(wanted.text)
        plain = key.replace(" ", "")
        assets = assets.filter(
            Q(tag=clean_tag(wanted.text)) | Q(serial_key__startswith=plain or "-") | Q(label_key__contains=key or "-")
        )
    given = {
        "city__slug": wanted.city, "school": wanted.school, "room": wanted.room, "state": wanted.state,
        "kind": wanted.kind,
    }  # fmt: skip
    assets = assets.filter(**{name: value for name, value in given.items() if value})
    if wanted.state in GONE or (wanted.text and not wanted.state):
        return assets
    return assets.filter(retired_on=None)  # as « neither retired nor gone » (asset_end_has_its_dates), by the index


def in_order(assets):
    """The city's store, then by school, then by what it is; the same order on every base."""
    return assets.order_by(F("school__sort_key").asc(nulls_first=True), "school_id", "kind", "label_key", "tag", "id")


# Room after room, what lies in none last.
BY_ROOM = [F(f"room__{name}").asc(nulls_last=True) for name in ("building__sort_key", "floor", "sort_key", "id")]


def as_one_walks(assets):
    """BY_ROOM, in each the loose things, then each cart and what it holds. The same order on every base."""
    cart = Case(When(kind=Kind.CART, then="tag"), default=Coalesce("cart__tag", Value("")))
    return assets.order_by(
        F("school__sort_key").asc(nulls_first=True),
        "school_id",
        *BY_ROOM,
        cart,
        Length("slot"),
        "slot",
        "kind",
        "label_key",
        "tag",
        "id",
    )


def with_places(assets):
    """What a line of a list says, in one read."""
    return assets.select_related("school", "room__building", "cart", "loaned_to", "city")


@dataclass(frozen=True, slots=True)
class ListedAsset:
    """An asset as a list says it, in words: no row is built for it."""

    id: UUID
    label: str
    tag: str  # « ABC 234 »
    kind: str  # « ordinateur portable, n° SN-124 »
    chip: str
    state: str
    school: str
    place: str  # « Salle 3, chariot ABC 234 »


# What `listed` takes, in its order.
LISTED = ("id", "label", "tag", "kind", "serial", "state", "school__shown_name", "room__name", "cart__tag")
KINDS, STATES = dict(Kind.choices), dict(State.choices)


def listed(pk, label, tag, kind, serial, state, school=None, room=None, cart=None) -> ListedAsset:
    """From a row of LISTED; without its last columns where the list says the place by itself."""
    return ListedAsset(
        id=pk,
        label=label,
        tag=shown(tag),
        kind=f"{KINDS[kind]}, n°{NBSP}{serial}" if serial else KINDS[kind],
        chip=CHIPS.get(state, "now"),
        state=STATES[state],
        school=school or "réserve de la Ville",
        place=", ".join(filter(None, (room, cart and f"chariot {shown(cart)}"))),
    )


def export_rows(assets, prices_of):
    """One row per asset under HEADER; `prices_of(city)` gives the fundings whose price may be read there."""
    known = {}
    for asset in with_places(in_order(assets)).iterator(chunk_size=500):
        if asset.city_id not in known:
            known[asset.city_id] = prices_of(asset.city)
        price = asset.price_cents if asset.funding in known[asset.city_id] else None
        yield (
            asset.tag,
            asset.get_kind_display(),
            asset.label,
            asset.serial,
            asset.get_state_display(),
            asset.school.shown_name if asset.school else "",
            asset.school.uai if asset.school else "",
            asset.room.building.name if asset.room else "",
            asset.room.name if asset.room else "",
            asset.cart.tag if asset.cart else "",
            asset.slot,
            asset.received_on,
            asset.delivery_ref,
            asset.get_funding_display(),
            None if price is None else price / 100,
            "" if price is None else asset.get_regime_display(),
            asset.slots_count,
            asset.get_off_switch_display(),
        )


def history_of(asset) -> list[tuple[str, object]]:
    """(what happened, when), newest first; nobody is named."""
    lines = Entry.objects.filter(object_id=asset.pk, verb__in=VERBS).order_by("-at", "-id")
    return [(VERBS[verb], at) for verb, at in lines.values_list("verb", "at")[:50]]
