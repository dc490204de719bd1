"""What came back: seen on screen, a coupon printed, a coupon returned. The rows are their own trace: no line of the
journal says who read what."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Coalesce
from django.utils.timezone import localdate

from preau.journal.actions import record, record_many
from preau.kit.rows import lock
from preau.notify import queries
from preau.notify.models import Expected, Notice
from preau.people.models import Person
from preau.spaces.models import Publication


@transaction.atomic
def mark_seen(*, publication: Publication, person: Person, now: datetime) -> None:
    """The person opened it: seen for each child it is about. Does nothing for who is not expected, and keeps the first
    instant. Opened before the list is frozen, it is kept all the same."""
    notice = Notice.objects.filter(publication=publication).first()
    if notice is None:
        return
    mine = Expected.objects.filter(notice=notice, person=person)
    today = localdate(now)
    if notice.frozen_at is None or not mine.exists():
        pairs = queries.audience_pairs(notice, today, person=person)
        added_at = notice.published_at if notice.frozen_at is None else now
        rows = [Expected(notice=notice, person=person, child_id=child, added_at=added_at) for _, child in pairs]
        Expected.objects.bulk_create(rows, ignore_conflicts=True)
    mine.filter(seen_at=None).update(seen_at=now)


@transaction.atomic
def note_paper_out(*, expected: Iterable[Expected], person: Person, now: datetime) -> None:
    """Coupons were printed for these; one printed again keeps its first date."""
    rows = list(expected)
    Expected.objects.filter(pk__in=[row.pk for row in rows], paper_out_at=None).update(paper_out_at=now)
    record_many(person_id=person.pk, verb="notify.print_coupon", subjects=rows, now=now)


@transaction.atomic
def note_paper_back(*, expected: Expected, person: Person, now: datetime) -> Expected:
    """The coupon is back, filled in: scanned twice, it came back once."""
    row = lock(expected)
    if row.paper_back_at is None:
        Expected.objects.filter(pk=row.pk).update(paper_back_at=now, paper_out_at=Coalesce(F("paper_out_at"), now))
        record(person_id=person.pk, verb="notify.paper_back", subject=row, now=now)
    row.refresh_from_db()
    return row


@transaction.atomic
def forget_paper_back(*, expected: Expected, person: Person, now: datetime) -> Expected:
    """« Annuler » after a coupon was noted by mistake."""
    row = lock(expected)
    if row.paper_back_at is not None:
        row.paper_back_at = None
        row.save(update_fields=["paper_back_at"])
        record(person_id=person.pk, verb="notify.forget_paper_back", subject=row, now=now)
    return row
