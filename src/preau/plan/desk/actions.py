"""Reminders by mail: one message for all that waits on a person, once a day at most, never a tacit yes."""

from django.db import transaction
from django.utils.timezone import localdate

from preau.kit import mail
from preau.plan.desk import queries
from preau.plan.desk.models import Reminder


def remind_by_mail(*, now) -> int:
    """Queues a mail to who has an address and something soon due they were not told of. Returns how many. None is
    queued in quiet hours: the next morning's turn says it."""
    if not mail.leaves() or mail.HOURS.is_quiet(now):
        return 0
    return sum(_remind(person, now) for person in queries.persons_to_remind(localdate(now)))


@transaction.atomic
def _remind(person, now):
    reminder, is_new = Reminder.objects.get_or_create(person=person, day=localdate(now))
    return is_new and mail.put("desk.reminder", reminder.pk, key=str(reminder.pk), now=now)
