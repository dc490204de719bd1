"""The ways into this room."""

from preau.ent.lessons.rules import can_open_lesson
from preau.kit.rooms.doors import Tab, Verb
from preau.people.models import TEACHER_ROLES
from preau.schools.faces import of_classroom

DOORS = (
    Verb(
        18, "Ouvrir une séance", "lessons:classroom_lesson", TEACHER_ROLES, of_classroom,
        icon="tablet", hint="les élèves entrent sur les tablettes",
    ),
    Tab(60, "Séance", "lessons:{kind}_lesson", ("classroom", "group"), can_open_lesson),
)  # fmt: skip
