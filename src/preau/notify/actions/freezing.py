"""Who is expected to read a notice: written once and for all by a job that may be killed anywhere, then completed by
who arrives later."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.timezone import localdate

from preau.kit.tasks import enqueue
from preau.notify import queries
from preau.notify.actions.telling import queue, tell
from preau.notify.models import Expected, Notice
from preau.spaces.models import Publication

SLICE = 500  # rows of one transaction: a killed job loses no more
OVERDUE = timedelta(minutes=10)  # a job that has not begun by then is begun again
ARRIVALS_DAYS = 30  # an older notice is news to nobody who arrives


def freeze(*, notice_id, now: datetime) -> int:
    """Writes who was in its audiences the day it was published. Killed anywhere and played again, it adds what is
    missing: the base holds each row once. Returns how many are expected, 0 when there is nothing to freeze."""
    notice = _published().filter(pk=notice_id, frozen_at=None).first()
    if notice is None:
        return 0
    pairs = queries.audience_pairs(notice, localdate(notice.published_at))
    for start in range(0, len(pairs), SLICE):
        _write(notice, pairs[start : start + SLICE], notice.published_at)
    _end(notice, now)
    return len(pairs)


@transaction.atomic
def _write(notice, pairs, added_at):
    rows = [Expected(notice=notice, person_id=who, child_id=child, added_at=added_at) for who, child in pairs]
    Expected.objects.bulk_create(rows, ignore_conflicts=True)


@transaction.atomic
def _end(notice, now):
    """With the job that tells it: frozen and untold, it would wait for the clock."""
    Notice.objects.filter(pk=notice.pk, frozen_at=None).update(frozen_at=max(now, notice.published_at))
    enqueue("preau.notify.tasks.tell", str(notice.pk))


def freeze_what_waits(*, now: datetime) -> int:
    """Begins again what its job did not end, and tells what is frozen and not told. Returns how many notices."""
    late = list(_published().filter(told_at=None, published_at__lt=now - OVERDUE).values_list("pk", flat=True))
    for pk in late:
        freeze(notice_id=pk, now=now)
        tell(notice_id=pk, now=now)
    return len(late)


def add_arrivals(*, now: datetime, since: datetime | None = None) -> int:
    """Adds to recent notices, dated, those who entered their audiences afterwards. `since`: by what was written since
    then; without it, by what begins that day. Returns how many rows."""
    entered = queries.audiences_entered(since, localdate(now))
    if not entered:
        return 0
    recent = _published().filter(frozen_at__isnull=False, published_at__gt=now - timedelta(days=ARRIVALS_DAYS))
    reached = recent.values_list("pk", "publication__reaches__audience")
    found = recent.filter(pk__in={pk for pk, audience in reached if audience in entered})
    return sum(_complete(notice, now) for notice in found)


def _complete(notice, now):
    known = set(notice.expected.values_list("person_id", "child_id"))
    new = [pair for pair in queries.audience_pairs(notice, localdate(now)) if pair not in known]
    for start in range(0, len(new), SLICE):
        _write(notice, new[start : start + SLICE], now)
    queue(notice=notice, people=sorted({who for who, _ in new}), asked_on=localdate(now), now=now)
    return len(new)


def _published():
    return Notice.objects.filter(publication__state=Publication.State.PUBLISHED)
