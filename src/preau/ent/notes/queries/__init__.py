"""Named reads: what a family finds and must answer (`family`), where the answers of a mot stand (`follow`), the mots of
a place (`sent`), whom a mot being written would reach (`reach`)."""

from preau.ent.notes.queries.concerned import counts_of
from preau.ent.notes.queries.family import (
    SHOWN,
    ForChild,
    children_concerned,
    for_children,
    is_over,
    is_published,
    waiting_for,
)
from preau.ent.notes.queries.follow import FollowUp, follow_up
from preau.ent.notes.queries.history import for_each_child, received, received_about, sent_about, with_answers
from preau.ent.notes.queries.languages import (
    in_language_of_page,
    languages_of,
    languages_read,
    names_to_hide,
    reviews_of,
    to_translate,
)
from preau.ent.notes.queries.outings import ClassHours, outing_of
from preau.ent.notes.queries.reach import Recipients, is_large, reached_by, recipients_of
from preau.ent.notes.queries.sent import (
    RECENT,
    Sent,
    not_reached,
    notes_sent_to,
    read_not_reached,
    school_of,
    with_reach,
)

__all__ = [
    "RECENT", "SHOWN", "ClassHours", "FollowUp", "ForChild", "Recipients", "Sent", "children_concerned", "counts_of",
    "follow_up", "for_children", "for_each_child", "is_large", "is_over", "is_published", "not_reached",
    "notes_sent_to", "outing_of", "reached_by", "read_not_reached", "received", "received_about",
    "recipients_of", "school_of", "sent_about", "waiting_for", "in_language_of_page", "languages_of", "with_answers",
    "languages_read", "names_to_hide", "reviews_of", "to_translate", "with_reach",
]  # fmt: skip
