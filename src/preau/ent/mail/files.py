"""Gives the files of messages, to whom the rules let have them at this instant (kit/files.py)."""

from functools import partial

from preau.ent.mail import rules
from preau.kit.files import FileGiver
from preau.media.queries import give

MESSAGE = "message"
GIVEN = (FileGiver(MESSAGE, partial(give, rules.message_files_visible_to)),)
