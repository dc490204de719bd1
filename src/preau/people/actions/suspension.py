"""An account taken by somebody else: shut in one act, opened again in one (trust.md R1, 25)."""

from datetime import datetime

from django.db import transaction

from preau.journal import actions as journal
from preau.kit.answers import Conflict
from preau.kit.rows import lock
from preau.people.actions.sessions import end_sessions
from preau.people.models import Account, Person, RefusedEntry

ALREADY = "Ce compte est déjà suspendu."
OPEN = "Ce compte n’est pas suspendu\u00a0: rien n’a changé."


@transaction.atomic
def suspend_account(*, account: Account, person: Person, now: datetime) -> Account:
    """Its sessions end at once and no way in opens; its password and its factors wait. Raises Conflict when it is
    closed already."""
    account = lock(account, "person")
    if not account.is_active:
        raise Conflict(ALREADY)
    account.is_active, account.suspended_at = False, now
    account.save(update_fields=["is_active", "suspended_at"])
    end_sessions(account=account, now=now)
    journal.record(person_id=person.pk, verb="suspend_account", subject=account, now=now, fields=["suspended_at"])
    return account


@transaction.atomic
def reinstate_account(*, account: Account, person: Person, now: datetime) -> Account:
    """It opens as before. Raises Conflict when nobody suspended it."""
    account = lock(account, "person")
    if account.suspended_at is None:
        raise Conflict(OPEN)
    account.is_active, account.suspended_at = True, None
    account.save(update_fields=["is_active", "suspended_at"])
    journal.record(person_id=person.pk, verb="reinstate_account", subject=account, now=now, fields=["suspended_at"])
    return account


def note_refused(*, account: Account, why: str, device: str, network: str | None, now: datetime) -> None:
    """A line of the person's own journal. The throttle bounds how many a day."""
    RefusedEntry.objects.create(account=account, why=why, device=device, network=network, at=now)
