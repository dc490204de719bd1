"""A loan is forgotten at its date, with the counts of the kit and their photos."""

import datetime

from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.timezone import localdate

from preau.kit.dates import months_before
from preau.plan.loans.models import AWAY, Booking, Half, HandOver, half_day_number


@transaction.atomic
def forget_loans(*, now: datetime.datetime, dry_run: bool = False) -> int:
    """Loans that ended five years ago or more; a kit still away is still lent. Returns how many."""
    before = months_before(localdate(now), 60)
    due = Booking.objects.filter(last_half_day__lte=half_day_number(before, Half.AFTERNOON)).exclude(state__in=AWAY)
    keys = list(due.values_list("pk", flat=True))
    if keys and not dry_run:
        photos = [row.photo_path for row in HandOver.objects.filter(booking__in=keys).exclude(photo_name="")]
        Booking.objects.filter(pk__in=keys).delete()
        transaction.on_commit(lambda: [default_storage.delete(photo) for photo in photos])
    return len(keys)
