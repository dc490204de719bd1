"""The ways into the roof's own pages."""

from preau.kit.rooms.doors import Door

DOORS = (Door(10, "Aujourd’hui", "today", None, icon="house"),)
