"""The ways to what is to be done: one's own, and the week of each class and group."""

from django.utils.translation import gettext_noop as _

from preau.kit.rooms.doors import Door, Tab, Tile, Verb
from preau.people.models import TEACHER_ROLES
from preau.schools.faces import GUARDIAN, PUPIL, of_classroom, of_nursery, past_nursery


def _is_nursery(person, classroom, today):
    return classroom.is_nursery


def _is_past_nursery(person, classroom, today):
    return not classroom.is_nursery


# Few lessons are written in a nursery class: the carnet de suivi comes before them there.
DOORS = (
    Tile(10, "À faire", "homework:mine", (PUPIL,), drawing="kit/tiles/to-do.svg"),
    Door(22, _("Leçons"), "homework:mine", (PUPIL, GUARDIAN), past_nursery(), icon="backpack"),
    Door(46, _("Leçons"), "homework:mine", (GUARDIAN,), of_nursery(), icon="backpack"),
    Tab(22, _("Leçons"), "homework:{kind}_week", ("group",)),
    Tab(22, _("Leçons"), "homework:{kind}_week", ("classroom",), _is_past_nursery),
    Tab(46, _("Leçons"), "homework:{kind}_week", ("classroom",), _is_nursery),
    Verb(
        15, "Noter une leçon", "homework:classroom_week", TEACHER_ROLES, past_nursery(of_classroom),
        icon="book-open", hint="à lire, à apprendre, à apporter",
    ),
    Verb(
        26, "Noter une leçon", "homework:classroom_week", TEACHER_ROLES, of_nursery(of_classroom),
        icon="book-open", hint="à lire, à apprendre, à apporter",
    ),
)  # fmt: skip
