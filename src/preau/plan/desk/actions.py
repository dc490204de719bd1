"""Reminders by mail: one message for all that waits on a person, once a day at most, never a tacit yes."""

from django.utils.timezone import localdate

from preau.kit import mail
from preau.plan.desk import queries
from preau.plan.desk.models import Reminder
from preau.plan.desk.notices import reminder_mail


def remind_by_mail(*, now) -> int:
    """Writes to who has an address and something soon due they were not told of. Returns how many left. Raises
    NotSent when some could not: the next try writes to those only. None leaves in quiet hours: the next morning's turn
    says it."""
    if not mail.leaves() or mail.is_quiet(now):
        return 0
    sent, trouble = 0, None
    for person, address in queries.persons_to_remind(localdate(now)).items():
        try:
            sent += _remind(person, address, now)
        except mail.NotSent as error:
            trouble = error
    if trouble:
        raise trouble
    return sent


def _remind(person, address, now):
    heaps = queries.heaps_for(person, now)
    if not heaps:
        return 0
    reminder, is_mine = Reminder.objects.get_or_create(person=person, day=localdate(now))
    if not is_mine:
        return 0
    subject, text = reminder_mail(heaps, localdate(now))
    try:
        mail.send_text(to=address, subject=subject, text=text)
    except mail.AddressRefused:
        return 0  # this address takes no mail: trying again today would not help
    except mail.NotSent:
        reminder.delete()
        raise
    return 1
