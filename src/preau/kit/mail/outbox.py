"""The outbox: one row for each mail that is to leave, written with what it tells, sent once by the worker. Whatever
else leaves (a push, a text message) is a row of the same table: what its kind writes knows how to `leave`.

A row holds a kind and ids, never an address nor a text: the room writes the letter when it leaves, and may find that
there is nothing to tell any more. It is claimed just before it is handed to the relay. One whose worker died in
between, and nobody knows whether it left, is sent again under the same Message-ID, which tells the two copies are one
(RFC 5322, 3.6.4), and is counted as `doubted` (trust.md R28, T34).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import NamedTuple

from django.apps import apps
from django.conf import settings
from django.db import transaction
from django.db.models import F

from preau.kit import tasks
from preau.kit.ids import uuid7
from preau.kit.mail import sending
from preau.kit.models import Outgoing

State = Outgoing.State
SENT, REFUSED, DROPPED = State.SENT, State.REFUSED, State.DROPPED
MAX_TRIES = 12
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=1), timedelta(hours=3)  # 1, 2, 4… minutes: two thirds of a day in all
CLAIM_LASTS = timedelta(minutes=15)  # a relay that has not answered by then never will
SPREAD = timedelta(minutes=10)  # what waited for the morning leaves over ten minutes (T34)


class Letter(NamedTuple):
    """A mail ready to leave: one address, one subject, plain text."""

    to: str
    subject: str
    text: str
    language: str = "fr"

    def leave(self, message_id: str) -> None:
        """Raises AddressRefused or NotSent, as whatever leaves by the outbox does."""
        sending.send_text(**self._asdict(), message_id=message_id)


class Later(NamedTuple):
    """What `write` gives when the hour has turned quiet since: not before `at`, and no try is counted."""

    at: datetime


@dataclass(frozen=True)
class Kind:
    """A kind of mail, declared by its room in `tasks.OUTGOING`.

    `write(*ids, now=)` gives the Letter, or another thing that can `leave(message_id)`; Later when it has to wait; None
    when there is nothing to tell any more or nobody to tell it to.
    `settled(ids=, state=, now=)`, an action, hears how it ended: sent, refused by the address, dropped
    or given up.
    """

    name: str
    write: Callable[..., Letter | None]
    settled: Callable[..., None] | None = None
    leaves: Callable[[], bool] = sending.leaves  # whether this installation sends such things at all


@cache
def kinds() -> dict[str, Kind]:
    """{name: Kind} of all rooms."""
    found = {}
    for config in apps.get_app_configs():
        if config.name.startswith("preau.") and find_spec(f"{config.name}.tasks"):
            found |= {kind.name: kind for kind in getattr(import_module(f"{config.name}.tasks"), "OUTGOING", ())}
    return found


def put(kind: str, *ids, key: str = "", now: datetime, due_at: datetime | None = None) -> bool:
    """Queues a mail in the caller's transaction. `key`: what it tells, for a mail that is told once whoever queues it;
    False when it is queued or told already. `due_at`: not before; what waits for the morning is spread."""
    new_id = uuid7()
    due_at = now if due_at is None or due_at <= now else _spread(due_at, new_id)
    row, is_new = Outgoing.objects.get_or_create(
        key=_named(kind, key or new_id),
        defaults={"id": new_id, "kind": kind, "ids": [str(each) for each in ids], "queued_at": now, "due_at": due_at},
    )
    if is_new and due_at <= now:
        tasks.enqueue("preau.kit.tasks.send_mail", str(row.pk))
    return is_new


def _named(kind, key):
    """SQLite takes a key that is longer than its column, PostgreSQL does not: neither does Préau."""
    found = f"{kind}:{key}"
    if len(found) > Outgoing._meta.get_field("key").max_length:
        raise ValueError(f"a key of the outbox is too long for its column: {found}")
    return found


def put_many(kind: str, told: dict[str, tuple], *, now: datetime, due_at: datetime) -> set[str]:
    """`put` of many at once, by `{key: ids}`, a few queries for them all; the keys that were not queued yet."""
    new = told.keys() - known_keys(kind, told)
    rows = []
    for key in new:
        row = Outgoing(kind=kind, key=_named(kind, key), ids=[str(each) for each in told[key]], queued_at=now)
        row.due_at = now if due_at <= now else _spread(due_at, row.pk)
        rows.append(row)
    Outgoing.objects.bulk_create(rows, ignore_conflicts=True)
    if rows and due_at <= now:
        tasks.enqueue("preau.kit.tasks.send_mails")
    return new


def known_keys(kind: str, keys: Iterable[str]) -> set[str]:
    """Which of these keys are queued or sent already."""
    found = Outgoing.objects.filter(key__in=[f"{kind}:{key}" for key in keys])
    return {name.removeprefix(f"{kind}:") for name in found.values_list("key", flat=True)}


def send(*, outgoing_id, now: datetime) -> bool:
    """Sends one row that is due; returns whether it left. One that could not be sent is retried later."""
    row = Outgoing.objects.filter(pk=outgoing_id, state=State.WAITING, due_at__lte=now).first()
    if row is None:
        return False
    kind = kinds()[row.kind]
    letter = kind.write(*row.ids, now=now) if kind.leaves() else None
    if letter is None:
        return _settle(row, State.DROPPED, now)
    waiting = Outgoing.objects.filter(pk=row.pk, state=State.WAITING)
    if isinstance(letter, Later):
        waiting.update(due_at=_spread(letter.at, row.pk))
        return False
    if not waiting.update(state=State.CLAIMED, claimed_at=now, tries=F("tries") + 1):
        return False  # another worker took it meanwhile
    try:
        letter.leave(str(row.pk))
    except sending.AddressRefused:
        return _settle(row, State.REFUSED, now)
    except sending.NotSent:
        return _put_off(row, now)
    return _settle(row, State.SENT, now)


def send_due(*, now: datetime) -> int:
    """A turn of the worker: what was claimed and never settled, and what is due, the oldest first. Returns how many
    left."""
    left = Outgoing.objects.filter(state=State.CLAIMED, claimed_at__lt=now - CLAIM_LASTS)
    left.update(state=State.WAITING, due_at=now, doubts=F("doubts") + 1)
    due = Outgoing.objects.filter(state=State.WAITING, due_at__lte=now).order_by("due_at", "id")
    return sum(
        send(outgoing_id=pk, now=now) for pk in list(due.values_list("pk", flat=True)[: settings.MAIL_PER_MINUTE])
    )


def troubled(now: datetime) -> int:
    """How many messages of the last day were given up: for /sante and the operator."""
    return Outgoing.objects.filter(state=State.GIVEN_UP, settled_at__gt=now - timedelta(days=1)).count()


def _spread(due_at, row_id):
    return due_at + SPREAD * (row_id.int % 1000) / 1000


def _put_off(row, now):
    tries = row.tries + 1
    if tries >= MAX_TRIES:
        return _settle(row, State.GIVEN_UP, now)
    wait = min(FIRST_WAIT * 2 ** (tries - 1), LONGEST_WAIT)
    Outgoing.objects.filter(pk=row.pk).update(state=State.WAITING, due_at=now + wait)
    return False


@transaction.atomic
def _settle(row, state, now):
    """The end of a row, and what its room makes of it; the ids go, they may lead to somebody."""
    before = State.WAITING if state == State.DROPPED else State.CLAIMED
    ended = Outgoing.objects.filter(pk=row.pk, state=before).update(state=state, settled_at=now, ids=[])
    settled = kinds()[row.kind].settled
    if ended and settled:
        settled(ids=row.ids, state=state, now=now)
    return state == State.SENT
