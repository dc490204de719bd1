"""The ways into this room."""

from preau.kit.rooms.doors import Door, Page
from preau.people.models import Role
from preau.plan.equipment.rules import READERS

DOORS = (
    Door(130, "Écoles prêtes", "premises:readiness_list", (Role.CITY_IT,)),
    Page(100, "Écoles prêtes", "Liaison, câblage, réserve, conseil d’école.", "premises:readiness_list", READERS),
)
