"""What this room keeps for a time."""

from preau.insight.usage import actions
from preau.insight.usage.models import RawHit
from preau.kit.rooms.clocks import Clock

CLOCKS = (Clock("pages vues oubliées par la clôture", (RawHit,), actions.forget_old_hits),)
