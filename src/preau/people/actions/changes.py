"""The person is told when what opens their account changes (trust.md 21)."""

from datetime import datetime

from django.db import transaction

from preau.journal import actions as journal
from preau.kit import mail
from preau.kit.seals import seal
from preau.people import notices
from preau.people.models import Account


def note_change(*, account: Account, change: str, address="", now: datetime) -> None:
    """`change`: a key of `notices.CHANGES`; what is not there is not said. A mail leaves once the change is written, to
    `address` when it is the one confirmed until now, which may be the only one the person reads: it waits sealed."""
    if change in notices.CHANGES:
        mail.put("people.change", account.pk, change, seal(address) if address else "", now=now)


@transaction.atomic
def note_address_refused(*, person_id, now: datetime, sent_at: datetime | None = None) -> bool:
    """The address takes no mail, says the relay (550): nothing else is sent there until its owner gives it again or
    another. The first refusal counts; an address confirmed since the mail left, at `sent_at`, else `now`, is not the
    one refused. Whether one was noted."""
    same = Account.objects.filter(person=person_id, email_refused_at=None).exclude(email="")
    account = same.exclude(email_confirmed_at__gt=sent_at or now).first()
    if account is None:
        return False
    Account.objects.filter(pk=account.pk, email=account.email).update(email_refused_at=now)
    journal.record(person_id=None, verb="note_address_refused", subject=account, now=now)
    return True


@transaction.atomic
def note_mail_returned(*, address: str, sent_at: datetime | None, now: datetime) -> int:
    """A mail sent to this address came back: how many accounts no mail reaches any more."""
    people = list(Account.objects.filter(email__iexact=address).values_list("person", flat=True))
    return sum(note_address_refused(person_id=each, sent_at=sent_at, now=now) for each in people)
