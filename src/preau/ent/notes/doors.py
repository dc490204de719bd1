"""The ways to the cahier de liaison: writing, following, reading one's own."""

from preau.ent.notes.rules import HEAD, can_note_review, can_write_to
from preau.kit.rooms.doors import Door, Tab, Verb
from preau.people.models import TEACHER_ROLES
from preau.schools.faces import GUARDIAN, of_classroom, of_school_alone

DOORS = (
    Door(30, "Mots", "notes:classroom_notes", TEACHER_ROLES, of_classroom),
    Door(30, "Mots", "notes:school_notes", HEAD, of_school_alone),
    Door(30, "Mots", "notes:mine", (GUARDIAN,), icon="file-text"),
    Tab(30, "Mots", "notes:{kind}_notes", ("classroom", "group", "school"), can_write_to),
    Tab(81, "Langues", "notes:{kind}_languages", ("city",), can_note_review),
    Verb(
        15, "Écrire un mot", "notes:classroom_write", TEACHER_ROLES, of_classroom,
        icon="pencil", hint="aux familles de la classe",
    ),
    Verb(
        15, "Écrire un mot", "notes:school_write", HEAD, of_school_alone,
        icon="pencil", hint="aux familles de l’école",
    ),
)  # fmt: skip
