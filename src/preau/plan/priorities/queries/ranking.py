"""What the list of a call waits for: to be opened, to be written again, to go before the COPIL (plan.md W2)."""

from django.db.models import Exists, OuterRef, Subquery

from preau.plan.applications.models import Application, Call, Opinion, State
from preau.plan.priorities.models import ListState, PriorityList


def calls_to_list(cities, today):
    """Calls of these cities without a list yet: a file waits for its rank, and none for an opinion still in time.
    `reviewed_at`: since when the first waits."""
    files = Application.objects.filter(call=OuterRef("pk"), state__in=(State.STATE_REVIEW, State.RANKED))
    first = Subquery(files.order_by("state_at").values("state_at")[:1])
    awaited = Opinion.objects.awaited().filter(application__call=OuterRef("pk"), due_on__gte=today)
    calls = Call.objects.filter(~Exists(awaited), city__in=cities, priority_lists=None)
    return calls.annotate(reviewed_at=first).filter(reviewed_at__isnull=False)


def lists_to_write_again(cities):
    """Those the COPIL sent back, not followed by a new version yet."""
    return PriorityList.objects.filter(city__in=cities, state=ListState.SENT_BACK, next_versions=None)


def lists_to_send(cities):
    """Signed by both and not put before the COPIL, nor followed by a new version."""
    return PriorityList.objects.filter(city__in=cities, state=ListState.COSIGNED, next_versions=None)
