"""What this room keeps for a time."""

from preau.kit.rooms.clocks import Clock
from preau.plan.loans import actions
from preau.plan.loans.models import Booking

CLOCKS = (Clock("malles rendues depuis plus de 5 ans", (Booking,), actions.forget_loans),)
