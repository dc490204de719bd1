"""Whether somebody must still be told: checked again at the moment the message leaves."""

from datetime import date
from typing import NamedTuple

from preau.notify.models import Expected, Notice
from preau.notify.queries.audience import audience_pairs
from preau.people.models import Person
from preau.spaces.audiences import memberships_of
from preau.spaces.models import Publication
from preau.spaces.queries import published_to


class StillExpected(NamedTuple):
    """Who must be told, and of what."""

    person: Person
    notice: Notice


def still_expected(notice_id, person_id, today: date) -> StillExpected | None:
    """None for who has read it on screen, or given back the paper of each child; for what was withdrawn or is stopped;
    for who is no longer in its audience. Six queries."""
    rows = Expected.objects.filter(notice=notice_id, person=person_id, seen_at=None, paper_back_at=None)
    row = rows.select_related("notice__publication", "person").first()
    if row is None or not audience_pairs(row.notice, today, person=row.person):
        return None
    readable = published_to(memberships_of(row.person, today), today)
    if not Publication.objects.filter(readable, pk=row.notice.publication_id).exists():
        return None
    return StillExpected(row.person, row.notice)
