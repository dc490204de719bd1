"""The ways into this room."""

from preau.kit.rooms.doors import Page
from preau.people.models import Role
from preau.plan.equipment.rules import STEERING

DOORS = (
    Page(50, "Préconisations", "Ce que la DSDEN et la DAN conseillent d’acheter.", "priorities:recommendation_list",
         STEERING),
    Page(60, "Listes priorisées", "L’ordre des écoles, et ses raisons.", "priorities:list_list",
         (*(role for role in STEERING if role != Role.CITY_FINANCE), Role.PARENTS_FEDERATION)),
    Page(70, "Programmes", "Les écoles de l’année, et leur coût.", "priorities:programme_list",
         (*STEERING, Role.PARENTS_FEDERATION)),
)  # fmt: skip
