"""The ways into this room."""

from preau.kit.rooms.doors import Door, Verb
from preau.people.models import CITY_ROLES, STATE_ROLES, Role

DOORS = (
    Door(170, "Usages", "usage:week", (*CITY_ROLES, *STATE_ROLES)),
    Verb(
        40, "Usages", "usage:week", (Role.SCHOOL_HEAD,),
        icon="chart-column", hint="ce qui a servi cette semaine",
    ),
)  # fmt: skip
