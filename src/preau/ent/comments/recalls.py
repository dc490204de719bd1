"""What accounts write under posts, for who takes back all that one wrote (kit/rooms/recalls.py)."""

import datetime

from django.db.models import Count, Max, QuerySet

from preau.ent.comments import rules
from preau.ent.comments.actions import recall_comments_since
from preau.ent.comments.models import Comment
from preau.kit.rooms.recalls import Written
from preau.people.models import Person


def written_lately(*, person: Person, since: datetime.datetime, today: datetime.date) -> QuerySet:
    """(author's id, how many comments, the last instant), of those the person may take back."""
    rows = rules.comments_recallable_by(person, today).filter(written_at__gte=since)
    rows = rows.exclude(state=Comment.State.WITHDRAWN).order_by()
    return rows.values_list("author").annotate(n=Count("pk"), last=Max("written_at"))


WRITTEN = (Written(written_lately, recall_comments_since),)
