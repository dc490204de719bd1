"""The ways into what a public site is made of."""

from preau.kit.rooms.doors import Door
from preau.people.models import Role
from preau.schools.faces import of_city, of_school

DOORS = (
    Door(60, "Site public", "sites:manage_school", (Role.SCHOOL_HEAD,), of_school),
    Door(180, "Mentions du site", "sites:manage_city", (Role.CITY_EDUCATION,), of_city),
)
