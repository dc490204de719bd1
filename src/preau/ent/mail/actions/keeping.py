"""How somebody keeps their conversations: seen, put away, muted. Of these nobody else is told, but « vu »."""

import datetime

from django.db import transaction

from preau.ent.mail import rules
from preau.ent.mail.models import Conversation, Participant
from preau.journal.actions import record
from preau.kit.answers import allow
from preau.kit.rows import lock
from preau.people.models import Person


@transaction.atomic
def mark_seen(*, person: Person, conversation: Conversation, number: int, now: datetime.datetime) -> None:
    """The page showed them up to the message of this number; never further than what was said to them. Raises
    Refused."""
    last = lock(conversation).last_number
    allow(rules.can_keep, person, conversation, now=now)
    mine = Participant.objects.filter(conversation=conversation, person=person)
    number = min(number, mine.get().until_number or last)
    mine.filter(seen_number__lt=number).update(seen_number=number, seen_at=now)


@transaction.atomic
def keep_apart(*, person: Person, conversation: Conversation, is_apart: bool, now: datetime.datetime) -> None:
    """« Ranger », or back: for oneself alone, until somebody writes there again. Raises Refused."""
    _set(person, conversation, "archived_at", is_apart, "conversation.archive", now)


@transaction.atomic
def mute(*, person: Person, conversation: Conversation, is_muted: bool, now: datetime.datetime) -> None:
    """« Mettre en sourdine », or back: nothing calls, and it is not counted. Raises Refused."""
    _set(person, conversation, "muted_at", is_muted, "conversation.mute", now)


def _set(person, conversation, field, is_set, verb, now):
    allow(rules.can_keep, person, conversation, now=now)
    rows = Participant.objects.filter(conversation=conversation, person=person, **{f"{field}__isnull": is_set})
    if rows.update(**{field: now if is_set else None}):
        record(
            person_id=person.pk,
            verb=verb,
            subject=conversation,
            now=now,
            place_id=conversation.school_id,
            fields=[field],
        )
