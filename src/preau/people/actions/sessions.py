"""Sessions: opened at the door, ended by their owner, by a closed account or by the end of the last mandate."""

from datetime import datetime

from django.contrib.sessions.models import Session
from django.db import transaction

from preau.people.models import Account


@transaction.atomic
def end_sessions(*, account: Account, now: datetime, except_key: str = "") -> int:
    """Ends the account's sessions, but `except_key`. Returns how many were open."""
    opened = account.sign_ins.filter(ended_at=None).exclude(session_key=except_key)
    keys = list(opened.values_list("session_key", flat=True))
    Session.objects.filter(session_key__in=keys).delete()
    return opened.update(ended_at=now)
