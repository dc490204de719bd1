"""What this room keeps for a time."""

from preau.kit.rooms.clocks import Clock
from preau.plan.wifi import actions
from preau.plan.wifi.models import WifiWindow

CLOCKS = (Clock("noms du registre du Wi-Fi de plus d’un an", (WifiWindow,), actions.forget_openers),)
