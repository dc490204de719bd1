"""What this room keeps for a time."""

from preau.kit.rooms.clocks import Clock
from preau.plan.governance import actions
from preau.plan.governance.models import Seat

CLOCKS = (Clock("noms des sièges finis depuis 3 mois", (Seat,), actions.forget_holders),)
