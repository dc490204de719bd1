"""The ways into this room."""

from preau.insight.hours.rules import STATE_READERS
from preau.kit.rooms.doors import Page
from preau.people.models import CITY_ROLES

DOORS = (
    Page(
        225, "Heures-élèves", "Ce que les élèves ont fait de l’équipement, école par école.", "hours:hours_home",
        (*CITY_ROLES, *STATE_READERS),
    ),
)  # fmt: skip
