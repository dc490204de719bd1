"""What accounts show of notebooks, for who takes back all that one published (kit/rooms/recalls.py)."""

import datetime

from django.db.models import Count, Max, QuerySet

from preau.ent.portfolio import rules
from preau.ent.portfolio.actions import recall_pages_since
from preau.ent.portfolio.models import Page
from preau.kit.rooms.recalls import Written
from preau.people.models import Person


def shown_lately(*, person: Person, since: datetime.datetime, today: datetime.date) -> QuerySet:
    """(author's id, how many pages, the last instant), of those the person may take back."""
    rows = rules.pages_recallable_by(person, today).filter(
        state=Page.State.APPROVED, approved_at__gte=since, approved_by__isnull=False
    )
    return rows.order_by().values_list("approved_by").annotate(n=Count("pk"), last=Max("approved_at"))


WRITTEN = (Written(shown_lately, recall_pages_since),)
