"""The ways into this room."""

from preau.kit.rooms.doors import Door
from preau.people.models import Role

DOORS = (Door(20, "La base", "base", (Role.OPERATOR,)),)
