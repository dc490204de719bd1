"""Whom an announcement is for, what waits for a reader, and what is told of who has read."""

from preau.ent.announcements.queries.audience import adults_named, is_targeted, reached_by, schools_of, schools_reached
from preau.ent.announcements.queries.counts import (
    Counts,
    Range,
    adults_by_name,
    adults_reached,
    families_reached,
    families_told,
    masked,
    masked_part,
    told_by,
)
from preau.ent.announcements.queries.follow import FollowUp, follow_up
from preau.ent.announcements.queries.home import family_lines, read_lines, team_lines
from preau.ent.announcements.queries.reading import (
    SHOWN,
    as_read_by,
    halves_asked,
    is_awaited,
    latest,
    other_half,
    publication_of,
    received,
    sent_from,
    shown_on_site,
)

__all__ = [
    "SHOWN",
    "Counts",
    "FollowUp",
    "Range",
    "adults_by_name",
    "adults_named",
    "adults_reached",
    "as_read_by",
    "families_reached",
    "families_told",
    "family_lines",
    "follow_up",
    "halves_asked",
    "is_awaited",
    "is_targeted",
    "latest",
    "masked",
    "masked_part",
    "other_half",
    "publication_of",
    "reached_by",
    "read_lines",
    "received",
    "schools_of",
    "schools_reached",
    "sent_from",
    "shown_on_site",
    "team_lines",
    "told_by",
]
