"""One announcement, read by who may: its SQL is written once for all who hold the same titles in as many audiences."""

import datetime
from functools import lru_cache

from django.db.models import CharField, UUIDField

from preau.ent.announcements import queries
from preau.ent.announcements.models import Announcement
from preau.ent.announcements.rules import announcements_visible_to
from preau.people.models import Person
from preau.people.prepared import PreparedFor
from preau.spaces.queries import audiences_read_whole, published_in


def announcement_read(person: Person, announcement_id, today: datetime.date, memberships) -> list[Announcement]:
    """The one of this id, and what may be the other halves of « Ville + École », among `announcements_visible_to`, with
    all that its page shows. One query."""
    whole, mine = audiences_read_whole(memberships, today), queries.addressed_by(memberships, today)
    if whole is None:
        return list(
            _shown(announcements_visible_to(person, today, memberships=memberships), person, mine, announcement_id)
        )
    return _read_in(len(whole), len(mine)).rows(person, today, *whole, *mine, announcement_id)


@lru_cache(maxsize=64)
def _read_in(read_count, addressed_count):
    def build(person, today, *asked):
        *audiences, announcement_id = asked
        reached = published_in(audiences[:read_count], also_public=False)
        visible = announcements_visible_to(person, today, reached=reached)
        return _shown(visible, person, audiences[read_count:], announcement_id)

    return PreparedFor(build, *[CharField] * (read_count + addressed_count), UUIDField)


def _shown(visible, person, mine, announcement_id):
    read = queries.as_read_by(visible, person, mine).select_related("publication__notice")
    return read.filter(queries.one_and_halves(announcement_id))
