"""The ways into this room."""

from preau.kit.rooms.doors import Page
from preau.people.models import CITY_ROLES

DOORS = (Page(210, "Les dépenses", "Ce que la Ville a payé, école par école.", "finance:expense_list", CITY_ROLES),)
