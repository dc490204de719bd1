"""Gives the files of mots and of answers, to whom the rules let have them at this instant (kit/files.py)."""

from functools import partial

from preau.ent.notes import rules
from preau.kit.files import FileGiver
from preau.media.queries import give

NOTE, ANSWER = "mot", "reponse"
GIVEN = (
    FileGiver(NOTE, partial(give, rules.note_files_visible_to)),
    FileGiver(ANSWER, partial(give, rules.answer_files_visible_to)),
)
