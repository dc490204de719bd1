"""What people want to be told, and the digests that leave."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from preau.journal.actions import record
from preau.kit import mail
from preau.kit.answers import allow
from preau.notify import queries
from preau.notify.models import Evening
from preau.notify.rules import can_choose_evening
from preau.people.models import Person


@transaction.atomic
def choose_evening(*, person: Person, wants: bool, now: datetime) -> None:
    """« Un courriel le soir »: asked for, or no more. Raises Refused."""
    if wants:
        allow(can_choose_evening, person, now=now)
        row, changed = Evening.objects.get_or_create(person=person, defaults={"asked_at": now})
    else:
        row = Evening.objects.filter(person=person).first()
        changed = row is not None
    if changed:
        record(person_id=person.pk, verb="notify.ask_digest" if wants else "notify.stop_digest", subject=row, now=now)
    if changed and not wants:
        row.delete()


def tell_evening(*, now: datetime) -> int:
    """Queues the digest of the last turn for who asked for it and has something new. Returns how many; played twice,
    nobody is told twice. What is read of a person is read again when the mail leaves."""
    turn, today = queries.turn_at(now), localdate(now)
    due_at = mail.HOURS.open_from(now)
    told = (
        queries.evening_mail(person.pk, turn)
        for person in queries.wanting_digest()
        if queries.news_count(person, turn, today) or queries.has_new_ask(queries.asks_waiting(person, today), turn)
    )
    return sum(mail.put(queries.EVENING, *ids, key=key, now=now, due_at=due_at) for key, ids in told)
