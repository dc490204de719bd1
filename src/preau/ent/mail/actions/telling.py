"""What calls those who are written to: by mail and on their telephone, in the hours of their school."""

import datetime

from django.utils.timezone import localdate

from preau.ent.mail.models import Message, Participant, Report
from preau.ent.mail.queries import receivers_of
from preau.kit import mail
from preau.notify.models import Level, PushDevice
from preau.notify.queries import PUSH as PUSH_OF_NOTICES
from preau.notify.queries import leaves_at
from preau.people.actions import note_address_refused
from preau.people.queries import emails_of

REPORT = "messages.report"
MAIL, PUSH = "messages.mail", "messages.push"


def tell(*, message: Message, others: list[Participant], now: datetime.datetime) -> None:
    """Queues one mail for each person and conversation until they have read it, one push for a child and day: as a mot
    does, in the same hours. Who muted it is called by nothing."""
    conversation = message.conversation
    called = {each.person_id: each for each in others if each.muted_at is None}
    due_at = leaves_at(conversation.school, now, Level.SIGN)
    waits_from = _first_unread(message, called)
    mails = {f"{conversation.pk}:{who}:{waits_from[who]}": (conversation.pk, who) for who in emails_of(list(called))}
    mail.put_many(MAIL, mails, now=now, due_at=due_at)
    about = conversation.child_id
    devices = PushDevice.objects.filter(person__in=called, person__account__is_active=True)
    pushes = {
        f"{device.pk}:{about}:{localdate(due_at)}": (device.pk, conversation.pk, device.person_id) for device in devices
    }
    known = mail.known_keys(PUSH_OF_NOTICES, pushes)
    mail.put_many(PUSH, {key: ids for key, ids in pushes.items() if key not in known}, now=now, due_at=due_at)


def _first_unread(message, called):
    """{person: the number of the first message that waits for them}: one taken back before its mail left waits no more,
    and the next one is told."""
    seen = {who: each.seen_number for who, each in called.items()}
    rows = Message.objects.filter(conversation=message.conversation_id, recalled_at=None)
    rows = rows.filter(number__gt=min(seen.values(), default=message.number))
    said = list(rows.order_by("number").values_list("number", "author"))
    return {
        who: next(number for number, author in said if number > last and author != who) for who, last in seen.items()
    }


def tell_report(*, report: Report, now: datetime.datetime) -> None:
    """A mail to each of those who receive it, once."""
    due_at = leaves_at(report.school, now, Level.SIGN)
    people = list(receivers_of(report, localdate(now)).values_list("pk", flat=True))
    mails = {f"{report.pk}:{who}": (report.pk, who) for who in emails_of(people)}
    mail.put_many(REPORT, mails, now=now, due_at=due_at)


def note_mailed(*, ids, state, now: datetime.datetime) -> None:
    """An address that takes no mail is written to no more."""
    if state == mail.REFUSED:
        note_address_refused(person_id=ids[-1], now=now)


def note_pushed(*, ids, state, now: datetime.datetime) -> None:
    """A browser that takes no more is forgotten: it was taken back there."""
    if state == mail.REFUSED:
        PushDevice.objects.filter(pk=ids[0]).delete()
