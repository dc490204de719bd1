"""The ways into this room."""

from preau.kit.rooms.doors import Door, Page, StoryDoor
from preau.people.models import CITY_ROLES, Role
from preau.plan.equipment.rules import EVERYONE, READERS, STATE_READERS, STEERING

DOORS = (
    Door(80, "Plan numérique", "desk:home", EVERYONE, covers="/plan/"),
    Page(10, "Le tableau des écoles", "État, raison, délai, chez qui.", "desk:board", (*STEERING, Role.TRAINER)),
    Page(90, "L’année", "Appels, avis, séances et déploiements, mois par mois.", "desk:year", READERS),
    Page(120, "Le socle numérique", "Ce qui manque, salle de classe par salle de classe.", "desk:base_list", READERS),
    Page(190, "Les ambitions", "À quoi sert le plan, et ce qu’il en advient.", "desk:ambition_list", EVERYONE),
    Page(220, "Les forces mesurées", "Adhésion, fluidité, cohérence.", "desk:strengths",
         (*CITY_ROLES, *STATE_READERS)),
    StoryDoor(10, "desk:story"),
)  # fmt: skip
