"""The ways into each space."""

from preau.kit.rooms.doors import Door, Tab
from preau.people.models import CITY_ROLES, CLASS_ROLES, Role
from preau.schools.faces import PUPIL, of_city, of_classroom, of_school

DOORS = (
    Door(20, "Ma classe", "portal:classroom_home", (*CLASS_ROLES, PUPIL), of_classroom),
    Door(40, "Mon école", "portal:school_home", CLASS_ROLES, of_school),
    # A head keeps a school as well as living in it: « Mon école » would be a guess between this and the register.
    Door(40, "La vie de l’école", "portal:school_home", (Role.SCHOOL_HEAD,), of_school),
    Door(40, "La Ville", "portal:city_home", CITY_ROLES, of_city),
    Tab(10, "Accueil", "portal:{kind}_home", ("classroom", "group", "school", "city")),
)
