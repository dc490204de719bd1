"""Gives what is joined to lessons, to whom the rules let have it at this instant (kit/files.py)."""

from functools import partial

from preau.ent.homework import rules
from preau.kit.files import FileGiver
from preau.media.queries import give

LESSON = "lecon"
GIVEN = (FileGiver(LESSON, partial(give, rules.assignment_files_visible_to)),)
