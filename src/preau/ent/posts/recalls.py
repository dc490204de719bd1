"""What accounts left for later, for who takes back all that one wrote (kit/rooms/recalls.py)."""

import datetime

from django.db.models import Count, Max, QuerySet

from preau.ent.posts import rules
from preau.ent.posts.actions import keep_back_since
from preau.kit.rooms.recalls import Written
from preau.people.models import Person


def scheduled_lately(*, person: Person, since: datetime.datetime, today: datetime.date) -> QuerySet:
    """(author's id, how many posts, the last instant), of those the person may keep back."""
    rows = rules.posts_leaving_recallable_by(person, today).filter(scheduled_at__gte=since).order_by()
    return rows.values_list("publication__author").annotate(n=Count("pk"), last=Max("scheduled_at"))


WRITTEN = (Written(scheduled_lately, keep_back_since),)
