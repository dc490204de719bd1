"""The ways into this room."""

from preau.kit.rooms.doors import Door
from preau.people.models import Role
from preau.people.rules import HELPERS

DOORS = (
    Door(20, "La base", "base", (Role.OPERATOR,)),
    Door(46, "Demandes d’aide", "help_asks", HELPERS),
)
