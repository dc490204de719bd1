"""The ways into this room."""

from preau.kit.rooms.doors import Door
from preau.people.models import Role
from preau.schools.faces import of_school

DOORS = (Door(60, "Rentrée", "arrivals:start", (Role.SCHOOL_HEAD,), of_school),)
