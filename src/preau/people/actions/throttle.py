"""Slows down whoever tries passwords. Counted in the base, per account and per account and network.

Never locked by address alone: a school of 600 pupils is one address (trust.md 1, 2); who tries many accounts from one
is slowed in spraying.py. If the base does not count, nobody enters: the error travels up.
"""

import logging
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.crypto import salted_hmac

from preau.kit.answers import Conflict
from preau.people.models import SignInAttempt
from preau.people.queries import network_prefix
from preau.people.texts import locked_text

FREE_TRIES = 5
LONGEST = timedelta(minutes=15)
MEMORY = timedelta(days=1)
DAILY = 100  # tries heard in a day, whoever makes them (trust.md T12)
NETWORK_WINDOW = timedelta(hours=1)
NETWORK_LIMIT = 2000  # wrong tries an hour from one address

logger = logging.getLogger("preau.people")


class Locked(Conflict):
    """Too many wrong tries; `until` says when one more is heard, the sentence how long that is from `now`."""

    def __init__(self, until: datetime, now: datetime):
        super().__init__(locked_text(until - now))
        self.until = until


@transaction.atomic
def count_try(*, what: str, now: datetime, network: str | None = None, is_known=lambda: False) -> None:
    """Counts a try before it is checked, so that twenty at once are twenty. Raises Locked.

    `what` is what is being guessed: an identifier, known or not, or an account's second factor. Tries are counted for
    it, and for it from each network; whoever locks it from elsewhere does not lock out a network that `is_known`.
    """
    whole = _row(what, now)
    pair = _row(_pair(what, network), now) if network else None
    if pair and _is_locked(pair, now):
        raise Locked(pair.locked_until, now)
    if _is_locked(whole, now):
        if not (pair and is_known()):
            raise Locked(whole.locked_until, now)
    else:
        _count(whole, now)
    if pair:
        _count(pair, now)


@transaction.atomic
def forgive(*, what: str, network: str | None = None) -> None:
    """The right secret was given: tries from here no longer count. Those of whoever tries from elsewhere still do."""
    whole = SignInAttempt.objects.select_for_update().filter(identifier_hash=_digest(what)).first()
    pair = SignInAttempt.objects.select_for_update().filter(identifier_hash=_digest(_pair(what, network))).first()
    mine = pair.failures_count if pair else 0
    for row in {whole, pair} - {None}:
        if row.failures_count <= mine:
            row.delete()
            continue
        row.failures_count -= mine
        if row.failures_count < FREE_TRIES:
            row.locked_until = None
        row.save()


def _row(what, now):
    row, _ = SignInAttempt.objects.select_for_update().get_or_create(
        identifier_hash=_digest(what), defaults={"last_failure_at": now}
    )
    return row


def _is_locked(row, now):
    return bool(row.locked_until and row.locked_until > now)


def _count(row, now):
    if now - row.last_failure_at >= MEMORY:
        row.failures_count = 0
    row.failures_count += 1
    row.last_failure_at = now
    row.locked_until = None
    if row.failures_count >= DAILY:
        row.locked_until = now + MEMORY
    elif row.failures_count >= FREE_TRIES:
        row.locked_until = now + min(timedelta(minutes=2 ** min(row.failures_count - FREE_TRIES, 10)), LONGEST)
    row.save()


def _pair(what, network) -> str:
    """What is guessed, from one network."""
    return f"{what} from {network_prefix(network)}" if network else what


@transaction.atomic
def count_network(*, network: str, now: datetime) -> bool:
    """Counts a wrong try from an address; raises an alarm at 2,000 an hour. False beyond, for who guesses codes."""
    row, _ = SignInAttempt.objects.select_for_update().get_or_create(
        identifier_hash=_digest(f"network {network}"),
        defaults={"last_failure_at": now, "locked_until": now + NETWORK_WINDOW},
    )
    if now > row.locked_until:  # here, the end of the hour being counted
        row.failures_count, row.locked_until = 0, now + NETWORK_WINDOW
    row.failures_count += 1
    row.last_failure_at = now
    row.save()
    if row.failures_count == NETWORK_LIMIT:
        logger.warning("%s wrong sign-ins within an hour from %s", NETWORK_LIMIT, network)
    return row.failures_count <= NETWORK_LIMIT


@transaction.atomic
def forget_tries(*, now: datetime) -> int:
    """Removes counts older than a day. Returns how many."""
    return SignInAttempt.objects.filter(last_failure_at__lt=now - MEMORY).delete()[0]


def _digest(what) -> str:
    """64 hex signs: the table holds no identifier and no address."""
    return salted_hmac("preau.people.throttle", what, algorithm="sha256").hexdigest()
