"""The ways into this room."""

from preau.kit.rooms.doors import AccountLine, Door, StopDoor
from preau.people.models import Role
from preau.schools.faces import of_school
from preau.schools.rules import can_have_other_children

DOORS = (
    Door(70, "Rentrée", "arrivals:start", (Role.SCHOOL_HEAD,), of_school),
    AccountLine(
        20, "J’ai un autre enfant", "Sa fiche de connexion le réunit aux autres, ici même.", "arrivals:other_child",
        can_have_other_children, takes_sheet=True,
    ),
    StopDoor(10, "Mots de passe volés", "arrivals:reset"),
)  # fmt: skip
