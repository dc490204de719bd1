"""Slows down whoever tries a few passwords on many accounts from one network, and says so (trust.md T12).

What is counted is the accounts tried in vain from a network within a day; each account that enters from there for the
first time that day takes one away, so that a school whose pupils mistype stays far below. From `SPRAY_FROM` on, one
try is heard at a time, then a pause that doubles with each `SPRAY_FROM` more. The others are answered how many
seconds to wait, before any hash: no thread sleeps, and no account is locked. Who has entered from that network within
90 days never waits: the school whose pupil does the spraying goes on. A first sign-in there may wait its turn; a
connection sheet, whose code is no password, never does. If the base cannot count, nobody enters.
"""

import logging
from datetime import datetime, timedelta

from django.db import transaction

from preau.people.actions.throttle import Locked, _digest, _pair
from preau.people.models import Account, SignIn, SignInAttempt
from preau.people.queries import SPRAY_FROM, network_shown

LONGEST = timedelta(minutes=1)
MEMORY = timedelta(days=1)

logger = logging.getLogger("preau.people")


@transaction.atomic
def hear_network(*, network: str, now: datetime, is_known) -> None:
    """Takes the next turn of a network that tries many accounts. Raises Locked when it is not come yet."""
    row = _row(network)
    if row is None or row.failures_count < SPRAY_FROM or _is_old(row, now) or is_known():
        return
    if row.locked_until and row.locked_until > now:
        raise Locked(row.locked_until, now)
    row.locked_until = now + _pause(row.failures_count)
    row.save(update_fields=["locked_until"])


@transaction.atomic
def count_account(*, what: str, network: str, now: datetime) -> None:
    """A wrong password was given from there; the second one for the same account that day is not one account more."""
    key = _digest(_pair(what, network))
    pair = SignInAttempt.objects.select_for_update().filter(identifier_hash=key).first()
    if pair and not _is_old(pair, now):  # `started_at` here: since when this account counts for this network
        return
    if pair:
        pair.started_at = now
        pair.save(update_fields=["started_at"])
    SignInAttempt.objects.get_or_create(identifier_hash=_key(network), defaults={"last_failure_at": now})
    row = _row(network)
    if _is_old(row, now):
        row.failures_count, row.started_at, row.locked_until = 0, now, None
    row.failures_count += 1
    row.last_failure_at, row.network = now, network_shown(network)
    row.save()
    if row.failures_count == SPRAY_FROM:
        logger.warning("passwords are sprayed: %s accounts tried in vain from %s", SPRAY_FROM, row.network)


@transaction.atomic
def settle_account(*, account: Account, network: str, now: datetime) -> None:
    """Called as an account enters, before its entry is written: the first time that day, one account tried in vain
    counts no longer. A right password alone does not pay: whoever never enters would give it again and again."""
    row = _row(network)
    if row is None or not 0 < row.failures_count < SPRAY_FROM or _is_old(row, now):
        return  # once a network sprays, who enters from there does not wash it
    entries = SignIn.objects.filter(account=account, opened_at__gte=row.started_at).exclude(network=None)
    if row.network not in {network_shown(each) for each in entries.values_list("network", flat=True)}:
        row.failures_count -= 1
        row.save(update_fields=["failures_count"])


def _row(network):
    return SignInAttempt.objects.select_for_update().filter(identifier_hash=_key(network)).first()


def _key(network):
    return _digest(f"spray {network_shown(network, whole=True)}")


def _is_old(row, now):
    return row.started_at is None or now - row.started_at >= MEMORY


def _pause(accounts_count):
    return min(timedelta(seconds=2 ** min(accounts_count // SPRAY_FROM - 1, 6)), LONGEST)
