"""Making the secret address of one's agenda, and taking it back."""

import datetime
import secrets

from django.db import transaction

from preau.ent.agenda import rules
from preau.ent.agenda.models import CalendarFeed
from preau.journal.actions import record
from preau.kit.answers import allow
from preau.kit.rows import lock
from preau.kit.seals import key_digest
from preau.people.models import Person

TOKEN_BYTES = 16  # 128 bits: not to be guessed


@transaction.atomic
def make_feed(*, person: Person, now: datetime.datetime) -> str:
    """The token of a new address, told once; the former one no longer opens anything."""
    allow(rules.can_have_feed, person, now=now)
    lock(person)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    values = {"token_hash": key_digest(token), "made_at": now}
    feed, _ = CalendarFeed.objects.update_or_create(person=person, defaults=values)
    record(person_id=person.pk, verb="agenda.make_feed", subject=feed, now=now)
    return token


@transaction.atomic
def revoke_feed(*, person: Person, now: datetime.datetime) -> None:
    """Whoever holds the address reads nothing any more."""
    allow(rules.can_have_feed, person, now=now)
    feed = CalendarFeed.objects.filter(person=person).first()
    if feed is None:
        return
    record(person_id=person.pk, verb="agenda.revoke_feed", subject=feed, now=now)
    feed.delete()
