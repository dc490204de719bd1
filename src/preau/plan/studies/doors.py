"""The ways into this room."""

from preau.kit.rooms.doors import Page
from preau.people.models import Role
from preau.plan.equipment.rules import STEERING

DOORS = (
    Page(170, "Options comparées", "Les solutions techniques, et leurs notes.", "studies:comparison_list",
         (*STEERING, Role.TRAINER)),
    Page(180, "Laboratoires", "Les écoles qui essaient, et leur bilan.", "studies:cohort_list",
         (*STEERING, Role.TRAINER)),
)  # fmt: skip
