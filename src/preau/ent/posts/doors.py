"""The ways to publish in each space."""

from preau.kit.rooms.doors import Verb
from preau.people.models import SITE_WRITERS, TEACHER_ROLES, Role
from preau.schools.faces import of_afterschool, of_city, of_classroom, of_school_alone

DOORS = (
    Verb(
        10, "Publier", "posts:classroom_publish", TEACHER_ROLES, of_classroom,
        icon="image-plus", hint="une photo, une phrase",
    ),
    Verb(
        10, "Publier", "posts:school_publish", (*TEACHER_ROLES, Role.SCHOOL_HEAD), of_school_alone,
        icon="image-plus", hint="pour l’école ou son site",
    ),
    Verb(
        10, "Publier", "posts:afterschool_publish", SITE_WRITERS, of_afterschool,
        icon="megaphone", hint="pour les familles du site",
    ),
    Verb(
        10, "Publier", "posts:city_publish", (Role.CITY_EDUCATION,), of_city,
        icon="megaphone", hint="pour toutes les écoles",
    ),
)  # fmt: skip
