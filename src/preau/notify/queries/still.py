"""Whether somebody is still to be told, asked again when it leaves."""

from datetime import date
from typing import NamedTuple

from preau.notify.models import Expected
from preau.notify.queries.audience import audience_pairs
from preau.people.models import Person
from preau.spaces.models import Publication


class StillExpected(NamedTuple):
    """Who, and whether it is urgent."""

    person: Person
    urgent: bool


def still_expected(notice_id, person_id, today: date) -> StillExpected | None:
    """None for who has read it on screen, or given back the paper of each child; for what was withdrawn; for who is no
    longer in its audience. Four queries."""
    rows = Expected.objects.filter(notice=notice_id, person=person_id, seen_at=None, paper_back_at=None)
    rows = rows.filter(notice__publication__state=Publication.State.PUBLISHED)
    row = rows.select_related("notice__publication", "person").first()
    if row is None or not audience_pairs(row.notice, today, person=row.person):
        return None
    return StillExpected(row.person, row.notice.urgent)
