"""The ways to the dossier de rentrée."""

from django.utils.translation import gettext_noop as _

from preau.ent.yearfile.rules import can_follow_class, can_hand_over, can_open_year_file, is_guardian
from preau.kit.rooms.doors import AccountLine, Tab, Verb
from preau.people.models import Role
from preau.places.models import NURSERY_LEVELS
from preau.schools.faces import of_classroom


def _is_handed_over(person, classroom, today):
    """In a nursery class, or one whose levels are not known; older children leave by themselves."""
    is_young = not classroom.levels or any(level in NURSERY_LEVELS for level in classroom.levels)
    return is_young and can_hand_over(person, classroom, today)


DOORS = (
    Verb(
        10, "Qui vient chercher", "yearfile:classroom_handing", (Role.ATSEM,), of_classroom,
        icon="users", hint="à qui remettre chaque enfant",
    ),
    Tab(41, "Qui vient chercher", "yearfile:classroom_handing", ("classroom",), _is_handed_over),
    Tab(75, "Dossiers de rentrée", "yearfile:classroom_files", ("classroom",), can_follow_class),
    Tab(75, "Dossiers de rentrée", "yearfile:school_files", ("school",), can_open_year_file),
    AccountLine(
        15, _("Dossier de rentrée"), _("Vos coordonnées, qui vient chercher votre enfant, l’assurance, la charte."),
        "yearfile:mine", is_guardian,
    ),
)  # fmt: skip
