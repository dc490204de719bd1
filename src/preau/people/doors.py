"""The ways into this room."""

from preau.kit.rooms.doors import Door, Verb
from preau.people.models import Role

DOORS = (
    Door(20, "La base", "base", (Role.OPERATOR,)),
    Door(30, "Demandes d’aide", "help_asks", (Role.OPERATOR,)),
    Verb(70, "Demandes d’aide", "help_asks", (Role.CITY_EDUCATION,), icon="hand-helping", hint="pour entrer"),
)
