"""The ways into the life of each space."""

from preau.kit.rooms.doors import Tab, Verb
from preau.people.models import CLASS_ROLES, Role
from preau.schools.faces import of_city, of_classroom, of_school_alone

TEACHERS = (Role.TEACHER, Role.SUPPLY_TEACHER)
ADULTS = (*CLASS_ROLES, Role.SCHOOL_HEAD)

DOORS = (
    Tab(20, "La vie", "posts:{kind}_life", ("classroom", "group", "school", "city")),
    Verb(
        10, "Publier", "posts:classroom_publish", TEACHERS, of_classroom,
        icon="image-plus", hint="une photo, une phrase",
    ),
    Verb(
        10, "Publier", "posts:school_publish", (*TEACHERS, Role.SCHOOL_HEAD), of_school_alone,
        icon="image-plus", hint="pour l’école ou son site",
    ),
    Verb(
        10, "Publier", "posts:city_publish", (Role.CITY_EDUCATION,), of_city,
        icon="megaphone", hint="pour toutes les écoles",
    ),
    Verb(
        20, "La vie", "posts:classroom_life", CLASS_ROLES, of_classroom,
        icon="newspaper", hint="ce que la classe a publié",
    ),
    Verb(
        20, "La vie", "posts:school_life", ADULTS, of_school_alone,
        icon="newspaper", hint="ce que l’école a publié",
    ),
)  # fmt: skip
