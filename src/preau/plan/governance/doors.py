"""The ways into this room."""

from preau.kit.rooms.doors import Door, Page
from preau.people.models import Role
from preau.plan.governance.rules import MEMBERS

DOORS = (
    # For the city's Education service and its IT, the row is full: they find it in the list of pages.
    Door(140, "Comités", "governance:committee_home",
         tuple(role for role in MEMBERS if role not in (Role.CITY_EDUCATION, Role.CITY_IT))),
    Page(160, "Comités", "Séances, dossiers, décisions, suites.", "governance:committee_home", MEMBERS),
)  # fmt: skip
