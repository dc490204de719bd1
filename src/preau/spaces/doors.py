"""The way to the stop switch."""

from preau.kit.rooms.doors import Verb
from preau.people.models import Role

DOORS = (
    Verb(
        90, "Arrêt d’urgence", "spaces:stop_list", (Role.SCHOOL_HEAD, Role.CITY_EDUCATION, Role.OPERATOR),
        icon="octagon-x", hint="ne plus rien montrer",
    ),
)  # fmt: skip
