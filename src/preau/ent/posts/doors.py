"""The ways to publish in each space."""

from preau.kit.rooms.doors import Verb
from preau.people.models import Role
from preau.schools.faces import of_city, of_classroom, of_school_alone

TEACHERS = (Role.TEACHER, Role.SUPPLY_TEACHER)

DOORS = (
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
)  # fmt: skip
