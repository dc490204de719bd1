"""The ways into this room."""

from preau.kit.rooms.doors import Door, Page
from preau.people.models import Role
from preau.plan.equipment.rules import DISTRICT_READERS, READERS

DOORS = (
    # Who has the overview of steering finds these figures in it.
    Door(120, "Chiffres du plan", "equipment:plan_home", (*DISTRICT_READERS, Role.TRAINER, Role.PARENTS_FEDERATION)),
    Page(200, "Les chiffres", "Écoles équipées, classes, montants.", "equipment:plan_home",
         (*READERS, Role.PARENTS_FEDERATION)),
)  # fmt: skip
