"""The ways into this room: a class's appel, a family's absences, what a head follows."""

from django.utils.translation import gettext_noop as _

from preau.ent.attendance.rules import HEAD, can_follow_absences, can_take_roll
from preau.kit.rooms.doors import Door, Tab, Verb
from preau.people.models import TEACHER_ROLES
from preau.schools.faces import GUARDIAN, of_classroom, of_school_alone

DOORS = (
    Door(25, "Appel", "attendance:classroom_roll", TEACHER_ROLES, of_classroom),
    Door(25, "Absences", "attendance:school_absences", HEAD, of_school_alone),
    Door(36, _("Absences"), "attendance:mine", (GUARDIAN,), icon="user-x"),
    Tab(25, "Appel", "attendance:{kind}_roll", ("classroom",), can_take_roll),
    Tab(25, "Absences", "attendance:{kind}_absences", ("school",), can_follow_absences),
    Verb(
        5, "Faire l’appel", "attendance:classroom_roll", TEACHER_ROLES, of_classroom,
        icon="list-checks", hint="absents et retards, en une page",
    ),
)  # fmt: skip
