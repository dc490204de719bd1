"""Named reads: what a family finds and must answer (`family`), where the answers of a mot stand (`follow`), whom a mot
being written would reach (`reach`)."""

from preau.ent.notes.queries.family import SHOWN, ForChild, children_concerned, for_children, waiting_for
from preau.ent.notes.queries.follow import FollowUp, follow_up, notes_sent_to, with_answers
from preau.ent.notes.queries.outings import ClassHours, outing_of
from preau.ent.notes.queries.reach import Recipients, recipients_of

__all__ = [
    "SHOWN", "ClassHours", "FollowUp", "ForChild", "Recipients", "children_concerned", "follow_up", "for_children",
    "notes_sent_to", "outing_of", "recipients_of", "waiting_for", "with_answers",
]  # fmt: skip
