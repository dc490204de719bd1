"""A school with two rooms and a cart of the deck: 7 laptops, a master computer, an access point."""

from dataclasses import dataclass, field

import pytest

from preau.places.models import Building, Room
from preau.plan.inventory import actions
from preau.plan.inventory.actions import Delivered
from preau.plan.inventory.models import Asset, Kind
from preau.plan.premises import actions as premises
from tests.kept import kept
from tests.plan.conftest import NOW, TODAY

LATE_TAG = "ACD234"  # stuck on something that nobody noted


@dataclass
class Stock:
    """Named things: `stock.cart`, `stock.laptops[0]`, `stock.rooms["cpb"]`."""

    world: object
    school: object
    rooms: dict = field(default_factory=dict)
    cart: Asset = None
    laptops: list = field(default_factory=list)
    master: Asset = None
    access_point: Asset = None
    projector: Asset = None

    def again(self, asset):
        return Asset.objects.get(pk=asset.pk)


def tell_of_wifi(school):
    """The conseil d'école was told: access points may be put in use."""
    premises.record_notice(person=None, school=school, subject="wifi", held_on=TODAY, now=NOW)


def deck_cart(slots=7, **fields):
    """One delivered cart with everything it holds (mission D9)."""
    return Delivered(
        Kind.CART,
        "Classe mobile",
        slots_count=slots,
        contents=(
            *(Delivered(Kind.LAPTOP, "Portable élève", serials=(f"SN-{n}",), slot=str(n)) for n in range(1, slots + 1)),
            Delivered(Kind.PC, "Poste maître", serials=("SN-M",), slot="M"),
            Delivered(Kind.ACCESS_POINT, "Borne", serials=("SN-B",), slot="B"),
        ),
        **fields,
    )


@pytest.fixture
@kept
def stock(world):
    school = world.schools["tilleuls"]
    tell_of_wifi(school)
    found = Stock(world, school)
    building = Building.objects.create(school=school, name="Bâtiment A")
    for name in ("cpb", "cm2"):
        found.rooms[name] = Room.objects.create(building=building, name=f"Salle {name}")
    made = actions.receive_assets(
        person=None,
        school=school,
        room=found.rooms["cpb"],
        items=[deck_cart()],
        delivery_ref="BL 12",
        now=NOW,
        received_on=TODAY,
        state="deployed",
    )
    found.cart, *rest = made
    found.laptops, found.master, found.access_point = rest[:7], rest[7], rest[8]
    (found.projector,) = actions.receive_assets(
        person=None,
        school=school,
        room=found.rooms["cpb"],
        delivery_ref="BL 13",
        now=NOW,
        state="deployed",
        items=[Delivered(Kind.PROJECTOR, "Vidéoprojecteur", price_cents=120000, funding="city")],
    )
    return found
