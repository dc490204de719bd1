"""What this room gives to the search: its announcements."""

from preau.ent.announcements import rules
from preau.ent.announcements.models import KIND
from preau.spaces.kinds import Searched

PAGE = "announcements:announcement_detail"
SEARCHED = (Searched(KIND, "Annonce", PAGE, rules.announcements_visible_to, rules.announcements_followed_by),)
