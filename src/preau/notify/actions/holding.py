"""What was confirmed leaves when its minute, or its hour, has come."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction

from preau.kit.answers import Conflict, Refused
from preau.kit.rows import lock
from preau.notify.models import Held
from preau.people.models import Account, Person
from preau.spaces.models import Publication

HOLD = timedelta(seconds=60)  # trust.md R24: nothing leaves before


def leave_due(*, model: type[Held], send: Callable[[Person, Held, datetime], bool], now: datetime) -> int:
    """Sends what is due, each in its transaction; returns how many left. `send(author, held, now)` publishes, or
    answers False when its author may no longer; an account suspended meanwhile sends nothing. What is not sent, or
    refused now, stays with its author, as a draft. Played twice, each leaves once."""
    due = model.objects.filter(due_at__lte=now, confirmed_at__isnull=False, publication__state=Publication.State.DRAFT)
    return sum(_leave(held, send, now) for held in due.order_by("due_at", "id"))


def _leave(held, send, now):
    try:
        return _send_once(held, send, now)
    except (Conflict, Refused):  # the place is stopped, two emergencies left meanwhile…
        type(held).objects.filter(pk=held.pk).update(due_at=None, confirmed_at=None)
        return 0


@transaction.atomic
def _send_once(held, send, now):
    held = lock(held, "publication__author")
    if not held.is_leaving or held.due_at > now:
        return 0  # another worker's turn, or cancelled
    author = held.publication.author
    is_silenced = author is not None and Account.objects.filter(person=author, suspended_at__isnull=False).exists()
    has_left = author is not None and not is_silenced and send(author, held, now)
    held.confirmed_at, held.due_at = held.confirmed_at if has_left else None, None
    held.save(update_fields=["due_at", "confirmed_at"])
    return int(has_left)
