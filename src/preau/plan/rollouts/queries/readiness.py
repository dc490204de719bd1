"""What the premises must offer before a step, and before service (mission D9; plan.md AC-14, AC-18, AC-21)."""

from datetime import date

from preau.plan.equipment.models import KitLine
from preau.plan.premises.queries import Gate, has_powered_store, readiness_of
from preau.plan.rollouts.models import StepKind

# A step of the premises is done when they say so: nobody writes it twice, nor before.
GATES_OF = {
    StepKind.COUNCIL_INFORMED: ("council",),
    StepKind.CABLING: ("school_cabled", "rooms_cabled"),
    StepKind.LINK_READY: ("link",),
    StepKind.IN_SERVICE: ("link", "school_cabled", "rooms_cabled", "store", "council"),
}
NO_STORE = (
    "Aucune réserve sécurisée avec alimentation électrique n’est enregistrée dans cette école. "
    "Les classes mobiles ne peuvent pas être reçues sans elle."
)


def has_wifi(kit) -> bool:
    """Whether the kit brings Wi-Fi: the conseil d’école is told first (law 2015-136, art. 7-III)."""
    return any(line.is_wifi for line in kit.lines.all())


def lacks_a_store(school, kit, day: date) -> bool:
    """Whether the kit brings mobile classes and nothing locks and charges them (AC-18)."""
    has_carts = any(line.kind == KitLine.Kind.CART for line in kit.lines.all())
    return has_carts and not has_powered_store(school, day)


def gates_of(school, kit, kind, day: date, wifi: bool | None = None) -> tuple[Gate, ...]:
    """The conditions of a step that day; none for most. Six reads when there are some; one less when `wifi`, whether
    the kit brings it, is known."""
    keys = [key for key in GATES_OF.get(kind, ()) if key != "council" or (has_wifi(kit) if wifi is None else wifi)]
    readiness = readiness_of(school, day) if keys else None
    return tuple(gate for key in keys if (gate := readiness.gate(key)) is not None)
