"""The ways into this room."""

from preau.ent.lessons.rules import can_open_lesson
from preau.kit.rooms.doors import Tab, Verb
from preau.people.models import TEACHER_ROLES, Role
from preau.schools.faces import of_classroom, of_school_alone

DOORS = (
    Verb(
        18, "Ouvrir une séance", "lessons:classroom_lesson", TEACHER_ROLES, of_classroom,
        icon="tablet", hint="les élèves entrent sur les tablettes",
    ),
    Verb(
        18, "Ouvrir une séance", "lessons:school_lesson", (Role.TEACHER,), of_school_alone,
        icon="tablet", hint="pour un groupe, un dispositif",
    ),
    Tab(60, "Séance", "lessons:{kind}_lesson", ("classroom", "group"), can_open_lesson),
)  # fmt: skip
