"""Sessions: opened at the door, ended by their owner, by a closed account or by the end of the last mandate."""

from datetime import datetime

from django.contrib.sessions.models import Session
from django.db import transaction

from preau.people.models import Account, SignIn


def open_sign_in(*, account: Account, session_key, way, device, network, now: datetime) -> SignIn:
    """The line of the person's own journal for an entry that just happened (trust.md R5)."""
    return SignIn.objects.create(
        account=account, session_key=session_key, way=way, device=device, network=network, opened_at=now, seen_at=now
    )


def touch_sign_in(*, sign_in_id, session_key, now: datetime) -> None:
    """Notes activity, at most every 5 minutes, and the session's new key when it changed."""
    SignIn.objects.filter(id=sign_in_id).update(seen_at=now, session_key=session_key)


def end_sign_in(*, sign_in_id, now: datetime) -> None:
    """Ends one session; its cookie opens nothing any more."""
    keys = list(SignIn.objects.filter(id=sign_in_id).values_list("session_key", flat=True))
    Session.objects.filter(session_key__in=keys).delete()
    SignIn.objects.filter(id=sign_in_id, ended_at=None).update(ended_at=now)


@transaction.atomic
def end_sessions(*, account: Account, now: datetime, except_key: str = "") -> int:
    """Ends the account's sessions, but `except_key`. Returns how many were open.

    With no exception the account also refuses whatever was opened before `now`, even a session nobody listed.
    """
    opened = account.sign_ins.filter(ended_at=None).exclude(session_key=except_key)
    keys = list(opened.values_list("session_key", flat=True))
    Session.objects.filter(session_key__in=keys).delete()
    if not except_key:
        account.sessions_from = now
        account.save(update_fields=["sessions_from"])
    return opened.update(ended_at=now)
