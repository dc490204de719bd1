"""Taking back what was said: one's own within ten minutes; all that an account sent, when it was somebody else's."""

import datetime

from django.db import transaction
from django.db.models import F
from django.utils.timezone import localdate
from django.utils.translation import gettext_noop as _

from preau.ent.mail import rules
from preau.ent.mail.models import Conversation, Message, MessageFile
from preau.ent.mail.queries import RECALL_WITHIN
from preau.journal.actions import record, record_many
from preau.kit.answers import Conflict, allow
from preau.kit.rows import lock
from preau.media import actions as media
from preau.people.models import Person

TOO_LATE = _("Dix minutes sont passées\u00a0: ce message ne peut plus être retiré. Écrivez-en un autre.")


@transaction.atomic
def recall_message(*, person: Person, message: Message, now: datetime.datetime) -> None:
    """Its words and its files leave every page, what tells it is not sent. Raises Refused, or Conflict: too late."""
    message = lock(message, "conversation")
    allow(rules.can_recall, person, message, now=now)
    if now > message.sent_at + RECALL_WITHIN:
        raise Conflict(TOO_LATE)
    if message.recalled_at is None:
        _recall(person, [message], now)
        record(
            person_id=person.pk,
            verb="message.recall",
            subject=message,
            now=now,
            place_id=message.conversation.school_id,
            fields=["recalled_at"],
        )


@transaction.atomic
def recall_messages_since(*, person: Person, author: Person, since: datetime.datetime, now: datetime.datetime) -> int:
    """All that an account sent since then, of what `person` may take back. Returns how many messages."""
    theirs = rules.messages_recallable_by(person, localdate(now)).filter(author=author, sent_at__gte=since)
    messages = list(Message.objects.filter(pk__in=theirs.values("pk"), recalled_at=None).select_for_update())
    _recall(person, messages, now)
    record_many(person_id=person.pk, verb="message.recall", subjects=messages, now=now)
    return len(messages)


def _recall(person, messages, now):
    rows = Message.objects.filter(pk__in=[each.pk for each in messages])
    rows.update(recalled_at=now, recalled_by=person, recalled_text=F("text"), text="")
    opened = [each.conversation_id for each in messages if each.number == 1]
    Conversation.objects.filter(pk__in=opened, recalled_at=None).update(recalled_at=now)
    for file in MessageFile.objects.filter(message__in=rows, message__reports=None):
        media.forget_joined(joined=file)  # what was reported is kept for who receives the report
