"""What accounts send here, for who takes back all that one sent (kit/rooms/recalls.py)."""

import datetime

from django.db.models import Count, Max, QuerySet

from preau.ent.mail import rules
from preau.ent.mail.actions import recall_messages_since
from preau.kit.rooms.recalls import Written
from preau.people.models import Person


def sent_lately(*, person: Person, since: datetime.datetime, today: datetime.date) -> QuerySet:
    """(author's id, how many messages, the last instant), of those the person may take back."""
    rows = rules.messages_recallable_by(person, today).filter(
        sent_at__gte=since, recalled_at=None, author__isnull=False
    )
    return rows.order_by().values_list("author").annotate(n=Count("pk"), last=Max("sent_at"))


WRITTEN = (Written(sent_lately, recall_messages_since),)
