"""The ways to the papers of an opening."""

from preau.kit.rooms.doors import Door
from preau.people.models import Role

DOORS = (Door(60, "Ouverture aux familles", "opening_list", (Role.OPERATOR, Role.CITY_EDUCATION)),)
