"""What this room gives to the search: its mots. No feed holds them, homes draw them by themselves."""

from django.utils.translation import gettext_noop as _

from preau.ent.notes.models import KIND
from preau.ent.notes.rules import notes_followed_by, notes_visible_to
from preau.spaces.kinds import Searched

SEARCHED = (Searched(KIND, _("Mot"), "notes:note_detail", notes_visible_to, notes_followed_by),)
