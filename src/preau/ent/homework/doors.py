"""The ways to what is to be done: one's own, and the week of each class and group."""

from django.utils.translation import gettext_noop as _

from preau.kit.rooms.doors import Door, Tab, Tile, Verb
from preau.people.models import TEACHER_ROLES
from preau.schools.faces import GUARDIAN, PUPIL, of_classroom

DOORS = (
    Tile(10, "À faire", "homework:mine", (PUPIL,), drawing="kit/tiles/to-do.svg"),
    Door(22, _("Leçons"), "homework:mine", (PUPIL, GUARDIAN)),
    Tab(22, _("Leçons"), "homework:{kind}_week", ("classroom", "group")),
    Verb(
        15, "Noter une leçon", "homework:classroom_week", TEACHER_ROLES, of_classroom,
        icon="book-open", hint="à lire, à apprendre, à apporter",
    ),
)  # fmt: skip
