"""A cart: its slots, what lies in each, what lacks."""

from dataclasses import dataclass

from preau.plan.inventory.models import Asset

NAMES = {"M": "Poste maître", "B": "Borne Wi-Fi"}


@dataclass(frozen=True)
class Slot:
    """One place of a cart: « Place 3 », and its asset if it has one."""

    code: str
    asset: Asset | None

    @property
    def name(self) -> str:
        return NAMES.get(self.code) or f"Place {self.code}"


def slots_of(cart) -> list[Slot]:
    """Every slot in order; one read."""
    held = {asset.slot: asset for asset in cart.contents.all()}
    return [Slot(code, held.get(code)) for code in cart.slots]


def free_slots(cart) -> list[tuple[str, str]]:
    """(code, name) of the slots that nothing holds, nor keeps while away."""
    return [(slot.code, slot.name) for slot in slots_of(cart) if slot.asset is None]
