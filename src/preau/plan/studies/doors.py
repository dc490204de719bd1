"""The ways into this room."""

from preau.kit.rooms.doors import Page
from preau.people.models import SCHOOL_ROLES, Role
from preau.plan.equipment.rules import STEERING
from preau.plan.studies.rules import reads_cohorts

DOORS = (
    Page(170, "Options comparées", "Les solutions techniques, et leurs notes.", "studies:comparison_list",
         (*STEERING, Role.TRAINER)),
    Page(180, "Laboratoires", "Les écoles qui essaient, et leur bilan.", "studies:cohort_list",
         (*STEERING, Role.TRAINER, *SCHOOL_ROLES), reads_cohorts),
)  # fmt: skip
