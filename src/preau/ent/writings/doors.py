"""The ways to what pupils write: their own page, what a class team reads over, the council, the newspaper."""

from django.utils.translation import gettext_noop as _

from preau.ent.writings.queries import lines_of_pupil
from preau.ent.writings.rules import reads_over
from preau.kit.rooms.doors import Door, Tab, Tile
from preau.places.models import READER_LEVELS
from preau.schools.faces import PUPIL, of_school


def of_writer(face) -> dict | None:
    """A pupil who has a class and writes alone."""
    here = face.enrolment
    return {} if here and here.classroom_id and here.level in READER_LEVELS else None


def _has_writers(person, classroom, today) -> bool:
    """Whether pupils of the class write alone; a class whose levels are not known may have some."""
    return not classroom.levels or any(level in READER_LEVELS for level in classroom.levels)


def _reads_over(person, classroom, today):
    return _has_writers(person, classroom, today) and reads_over(person, classroom, today)


DOORS = (
    Tile(
        40, "Écrire", "writings:mine", (PUPIL,), of_writer,
        drawing="kit/tiles/write.svg", lines=lines_of_pupil,
    ),
    Door(40, "Écrire", "writings:mine", (PUPIL,), of_writer),
    Tile(50, "Le journal", "writings:school_journal", (PUPIL,), of_school, drawing="kit/tiles/journal.svg"),
    Tab(24, "Textes", "writings:{kind}_writings", ("classroom",), _reads_over),
    Tab(33, _("Conseil d’élèves"), "writings:{kind}_council", ("classroom",), _has_writers),
    Tab(33, _("Le journal"), "writings:{kind}_journal", ("school",)),
)  # fmt: skip
