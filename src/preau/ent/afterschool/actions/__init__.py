"""Every write of the room."""

from preau.ent.afterschool.actions.files import apply_services, drop_file, read_services, say_columns, undo_services
from preau.ent.afterschool.actions.lines import match_line, set_line_aside, take_back_answer
from preau.ent.afterschool.actions.sites import name_agent, open_site

__all__ = [
    "apply_services", "drop_file", "match_line", "name_agent", "open_site", "read_services", "say_columns",
    "set_line_aside", "take_back_answer", "undo_services",
]  # fmt: skip
