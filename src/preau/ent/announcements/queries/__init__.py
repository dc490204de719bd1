"""Whom an announcement is for, what waits for a reader, and what is told of who has read."""

from preau.ent.announcements.queries.audience import (
    adults_named,
    is_around_sites,
    is_for_services_of,
    is_for_sites,
    is_targeted,
    kinds_of_services,
    put_down,
    reached_by,
    schools_of,
    schools_offered,
    schools_reached,
    schools_ticked,
    services_of,
)
from preau.ent.announcements.queries.counts import (
    Counts,
    Range,
    adults_by_name,
    adults_reached,
    families_reached,
    families_told,
    masked,
    masked_part,
    schools_told,
    told_by,
)
from preau.ent.announcements.queries.follow import FollowUp, child_rows, follow_up, follow_up_of, guardian_rows
from preau.ent.announcements.queries.home import (
    family_lines,
    head_lines,
    read_asked,
    read_lines,
    read_refused,
    refused_lines,
    site_lines,
    team_lines,
)
from preau.ent.announcements.queries.parents import (
    WAITS_FOR_HEAD,
    by_name,
    guardians_in,
    guardians_named,
    has_child_of,
    latest_proposals,
)
from preau.ent.announcements.queries.reading import (
    SHOWN,
    addressed_by,
    as_read_by,
    half_begun,
    halves_asked,
    halves_beside,
    is_awaited,
    latest_with,
    one_and_halves,
    read_together,
    received,
    sent_from,
    shown_on_site,
    with_receipts,
)

__all__ = [
    "SHOWN", "WAITS_FOR_HEAD", "Counts", "FollowUp", "Range", "addressed_by", "adults_by_name", "adults_named",
    "adults_reached", "as_read_by", "by_name", "child_rows", "families_reached", "families_told", "family_lines",
    "follow_up", "follow_up_of", "guardian_rows", "guardians_in", "guardians_named", "half_begun", "halves_asked",
    "halves_beside", "has_child_of", "head_lines", "is_around_sites", "is_awaited", "is_for_services_of",
    "is_for_sites", "is_targeted", "kinds_of_services", "latest_with", "latest_proposals", "masked", "masked_part",
    "one_and_halves", "put_down", "reached_by", "read_asked", "read_lines", "read_refused",
    "read_together", "received", "refused_lines", "schools_of", "schools_offered", "schools_reached", "schools_ticked",
    "schools_told", "sent_from", "services_of", "shown_on_site", "site_lines", "team_lines", "told_by", "with_receipts",
]  # fmt: skip
