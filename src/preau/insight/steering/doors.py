"""The ways into this room."""

from preau.kit.rooms.doors import Door, Page
from preau.people.models import CITY_ROLES, Role
from preau.plan.equipment.rules import EVERYONE, STATE_READERS

DOORS = (
    Door(110, "Vue d’ensemble", "steering:steering_home", (*CITY_ROLES, *STATE_READERS)),
    Door(
        160, "Journal scellé", "steering:sealed_journal",
        (Role.PEDAGOGICAL_ADVISER, Role.ERUN, Role.PARENTS_FEDERATION),
    ),
    Page(230, "Journal scellé", "Vérifier qu’aucun acte n’a été changé.", "steering:sealed_journal", EVERYONE),
)  # fmt: skip
