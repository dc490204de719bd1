"""The ways into this room."""

from preau.kit.rooms.doors import Page
from preau.plan.equipment.rules import READERS

DOORS = (Page(110, "Inventaire", "Le matériel, local par local.", "inventory:asset_list", READERS),)
